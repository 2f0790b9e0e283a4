import { changeKind, type ChangeKind } from "../../publishing/publish.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Base, Difference } from "./differences.ts";

/** One document that publishing would change: its texts, and the etag that it has to have until then. */
export type Step = {
  key: string;
  kind: ChangeKind;
  before: string | null;
  after: string | null;
  ifMatch: string | null;
};

/** What a push would do, and what it leaves alone. */
export type Plan = {
  steps: Step[];
  /** What only others changed. */
  meanwhile: Difference[];
  /** What both changed, and what others left unreadable: nothing is published while there is any. */
  conflicts: Difference[];
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

/**
 * What a push of the folder does. `keep`: what the folder lacks stays published. `force`: what both
 * changed becomes what the folder says.
 */
export function planOf(
  differing: Difference[],
  { keep, force }: { keep: boolean; force: boolean },
): Plan {
  const clashes = (each: Difference): boolean =>
    each.changed === "both" || (each.changed === "there" && each.local !== null && isSpoilt(each));
  const ours = differing.filter(
    (each) => each.changed === "here" || each.changed === "unknown" || (force && clashes(each)),
  );
  const isKept = ({ local }: Difference): boolean => keep && local === null;
  return {
    steps: ours.filter((each) => !isKept(each)).map(stepOf),
    meanwhile: differing.filter((each) => each.changed === "there" && !clashes(each)),
    conflicts: force ? [] : differing.filter(clashes),
    kept: ours.filter(isKept),
  };
}

function stepOf({ key, local, published }: Difference): Step {
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
