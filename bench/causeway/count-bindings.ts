import type { Env } from "../../src/env.ts";
import { count, type Counts } from "./counts.ts";
import { replaceMethod } from "./replace-method.ts";

const READS: Record<string, keyof Counts> = {
  mapping: "mappingReads",
  destination: "destinationReads",
  person: "personReads",
};
const CALLS: Record<string, keyof Counts> = { accept: "accepts", resume: "resumes" };

const counted = new WeakMap<Env, Env>();

/** The bindings, counting what is asked of them. KV is counted where it is, objects at the caller's. */
export function countBindings(env: Env): Env {
  const known = counted.get(env);
  if (known !== undefined) return known;
  countKv(env.MAPPINGS);
  const made: Env = { ...env, RELAY: countCalls(env.RELAY) };
  counted.set(env, made);
  return made;
}

function countKv(kv: KVNamespace): void {
  for (const name of ["get", "getWithMetadata"] as const) {
    replaceMethod(kv, name, (read, [keys, ...rest]) => {
      for (const key of [keys].flat()) {
        const kind = READS[String(key).split("/", 1)[0] ?? ""];
        if (kind === undefined) throw new Error(`What does a key like ${String(key)} hold?`);
        count(kind);
      }
      return read(keys, ...rest);
    });
  }
  replaceMethod(kv, "list", (list, given) => {
    count("kvLists");
    return list(...given);
  });
  for (const name of ["put", "delete"] as const) {
    replaceMethod(kv, name, (write, given) => {
      count("kvWrites");
      return write(...given);
    });
  }
}

/** Each call of a stub's method is a request to its object, whatever the method. */
function countCalls(relays: Env["RELAY"]): Env["RELAY"] {
  return new Proxy(relays, {
    get(target, name) {
      if (name !== "getByName") throw new Error(`RELAY.${String(name)} is not counted.`);
      return (relay: string) => countStub(target.getByName(relay));
    },
  });
}

function countStub<T extends object>(stub: T): T {
  return new Proxy(stub, {
    get(target, method) {
      const call: unknown = Reflect.get(target, method);
      if (typeof call !== "function") return call;
      return (...given: unknown[]): unknown => {
        count(CALLS[String(method)] ?? "otherCalls");
        return Reflect.apply(call, target, given);
      };
    },
  });
}
