import { changeKind } from "../../publishing/publish.ts";
import type { Step } from "../../publishing/step.ts";
import { fingerprint } from "../../publishing/fingerprint.ts";
import type { Base, Difference } from "./differences.ts";

/** What a push would do, and what it leaves alone. */
export type Plan = {
  steps: Step[];
  /** What only others changed; it stays theirs. */
  meanwhile: Difference[];
  /**
   * What both changed, what others left unreadable and, where folder and target never met, whatever is
   * published otherwise than here: nothing is published while there is any.
   */
  conflicts: Difference[];
  /** What others changed, and is overwritten because it was asked for; it is among the steps too. */
  overwritten: Difference[];
  /** What is published, not in the folder, and to be kept. */
  kept: Difference[];
};

/** Whether what is published cannot be read as JSON: somebody's hand slipped, and nobody can pull it. */
export function isSpoilt({ published }: Difference): boolean {
  if (published === null) return false;
  try {
    JSON.parse(published.text);
    return false;
  } catch {
    return true;
  }
}

/** `keep`: what the folder lacks stays published. `overwrite`: what others changed becomes what the folder says. */
export type PlanOptions = { keep: boolean; overwrite: boolean };

/** What a push of the folder does. */
export function planOf(differing: Difference[], options: PlanOptions): Plan {
  const { overwrite } = options;
  const fates = Map.groupBy(differing, (each) => fateOf(each, options));
  const of = (fate: Fate): Difference[] => fates.get(fate) ?? [];
  const clashes = of("conflict");
  const ours = new Set([...of("ours"), ...(overwrite ? clashes : [])]);
  return {
    steps: differing.filter((each) => ours.has(each)).map(stepOf),
    meanwhile: of("theirs"),
    conflicts: overwrite ? [] : clashes,
    overwritten: overwrite ? clashes : [],
    kept: of("kept"),
  };
}

type Fate = "ours" | "theirs" | "conflict" | "kept";

function fateOf(difference: Difference, { keep, overwrite }: PlanOptions): Fate {
  const { changed, local, published } = difference;
  if (changed === "there" && !overwrite) {
    return local !== null && isSpoilt(difference) ? "conflict" : "theirs";
  }
  if (local === null && keep) return "kept";
  switch (changed) {
    case "here":
      return "ours";
    case "there":
    case "both":
      return "conflict";
    case "unknown":
      // Without a base nobody knows whether what is there was seen here: it might be somebody's work.
      return published === null ? "ours" : "conflict";
  }
}

/** A difference as the step that makes the target say what the folder says. */
export function stepOf({ key, local, published }: Difference): Step {
  const before = published?.text ?? null;
  return {
    key,
    before,
    after: local,
    kind: changeKind({ before, after: local }),
    ifMatch: published?.etag ?? null,
  };
}

const FEW = 4;

/** How many documents a plan removes, when that looks like the wrong folder; else null. */
export function suspiciousRemovals({ steps }: Plan, published: number): number | null {
  const removed = steps.filter(({ after }) => after === null).length;
  return published >= FEW && removed > published / 2 ? removed : null;
}

/** What both agree on once these texts are the same on both sides; null: on neither. */
export function agreedOn(
  base: Base | null,
  texts: Iterable<readonly [key: string, text: string | null]>,
): Base {
  const agreed = new Map(base ?? []);
  for (const [key, text] of texts) {
    if (text === null) agreed.delete(key);
    else agreed.set(key, fingerprint(text));
  }
  return agreed;
}
