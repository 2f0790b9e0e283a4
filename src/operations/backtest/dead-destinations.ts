import { isReservedDestination } from "../../mappings/address.ts";
import type { CompiledMapping } from "../../mappings/compile-mapping.ts";

/** A destination that rules name and nothing reached. */
export type Dead = { destination: string; rules: { mapping: string; rule: string }[] };

/** The destinations that rules of the draft name, and that none of `reached` is. */
export function deadDestinations(mappings: CompiledMapping[], reached: string[]): Dead[] {
  const named = new Map<string, Dead>();
  for (const { key, rules } of mappings) {
    for (const { name, to } of rules.filter(({ enabled }) => enabled)) {
      for (const destination of to.filter((each) => !isReservedDestination(each))) {
        const dead = named.get(destination) ?? { destination, rules: [] };
        dead.rules.push({ mapping: key, rule: name });
        named.set(destination, dead);
      }
    }
  }
  return [...named.values()].filter(({ destination }) => !reached.includes(destination));
}
