import { errorInWords } from "../../words/error-in-words.ts";
import type { Json } from "../../json.ts";
import type { Difference } from "./differences.ts";
import { fileOf } from "./file-of.ts";

/** What a pull does with one document; `json` null: its file is removed. */
export type Taken = { key: string; file: string; json: Json; removed: boolean };

/** What a pull would do, and what it leaves as it is in the folder. */
export type PullPlan = {
  taken: Taken[];
  /** Changed here and not published yet. */
  unpublished: Difference[];
  /** Changed here and there: the file stays. */
  conflicts: Difference[];
  /** What cannot be a file, and why. */
  unusable: { key: string; why: string }[];
};

/** `overwrite`: what differs becomes what is published, but for files of what never was. */
export function pullPlan(differing: Difference[], overwrite: boolean): PullPlan {
  const plan: PullPlan = { taken: [], unpublished: [], conflicts: [], unusable: [] };
  for (const difference of differing) {
    switch (fateOf(difference, overwrite)) {
      case "stays":
        plan.unpublished.push(difference);
        break;
      case "conflicts":
        plan.conflicts.push(difference);
        break;
      case "taken":
        take(difference, plan);
        break;
    }
  }
  return plan;
}

type Fate = "taken" | "stays" | "conflicts";

function fateOf({ local, published, changed }: Difference, overwrite: boolean): Fate {
  switch (changed) {
    case "there":
      return "taken";
    case "here":
      return overwrite && published !== null ? "taken" : "stays";
    case "both":
      return overwrite ? "taken" : "conflicts";
    case "unknown":
      // Without a base nobody knows whether a file was pulled once: it might be somebody's work.
      if (local === null) return "taken";
      if (published === null) return "stays";
      return overwrite ? "taken" : "conflicts";
  }
}

function take({ key, published }: Difference, plan: PullPlan): void {
  const file = fileOf(key);
  if (file === null) {
    plan.unusable.push({ key, why: "its name cannot be a file's in this folder" });
    return;
  }
  if (published === null) {
    plan.taken.push({ key, file, json: null, removed: true });
    return;
  }
  try {
    plan.taken.push({ key, file, json: JSON.parse(published.text) as Json, removed: false });
  } catch (error) {
    const reason = errorInWords(error);
    plan.unusable.push({ key, why: `it is not JSON: ${reason}` });
  }
}
