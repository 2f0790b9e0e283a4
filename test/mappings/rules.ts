import type { Event } from "../../src/event.ts";
import type { CompiledMapping } from "../../src/mappings/compile-mapping.ts";
import { parseMapping } from "../../src/mappings/parse-document.ts";
import { eventOf } from "../gitlab/fixtures.ts";

/** A mapping compiled from its document; one that is refused fails the test. */
export function mapping(key: string, document: object): CompiledMapping {
  const parsed = parseMapping(`mapping/gitlab/${key}`, JSON.stringify(document));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
}

/** A mapping of one rule, named A, for everything, to x, with `changes`. */
export function oneRule(changes: object, key = "acme"): CompiledMapping {
  return mapping(key, { rules: [{ name: "A", on: "*", to: "x", ...changes }] });
}

/** The event of `issue.open` with `changes`. */
export function issue(changes: Partial<Event> = {}): Event {
  return { ...eventOf("issue.open"), ...changes };
}
