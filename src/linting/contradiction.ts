import type { WhenField } from "../mappings/schema.ts";
import type { GlobForms } from "./glob-forms.ts";
import { canMeet, isCovered } from "./globs.ts";

/** Fields of which an event has one value at most. */
const SINGLE: WhenField[] = [
  ...([
    "branch",
    "status",
    "source",
    "severity",
    "environment",
    "milestone",
    "noteable",
    "project",
  ] as const),
];

/** Why the forms of a condition cannot all hold; null: they can. */
export function contradictionOf(field: WhenField, { any, all, none }: GlobForms): string | null {
  const isOut = (word: string): boolean => none.some((out) => isCovered(word, out));
  if (any.length > 0 && any.every(isOut)) {
    return `it can never hold: everything that "any" asks for is ruled out by "none".`;
  }
  const out = all.find(isOut);
  if (out !== undefined)
    return `it can never hold: "all" asks for "${out}", which "none" rules out.`;
  if (!SINGLE.includes(field)) return null;
  const apart = all.find((one) => all.some((other) => !canMeet(one, other)));
  if (apart !== undefined) {
    return `it can never hold: an event has one ${field} only, and "all" asks for several. Did you mean "any"?`;
  }
  if (any.length > 0 && all.some((one) => !any.some((other) => canMeet(one, other)))) {
    return `it can never hold: an event has one ${field} only, and "any" and "all" ask for different ones.`;
  }
  return null;
}
