import { changeKind, type PublishInFull } from "../../publishing/publish.ts";
import type { PresentDocument } from "../targets/target.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Step } from "./plan.ts";

type Present = ReadonlyMap<string, PresentDocument>;

/** What puts back the texts from before a publish; documents that are so already are not in it. */
export function restoring({ changes }: PublishInFull, present: Present): Step[] {
  return changes.flatMap(({ key, before }) => {
    const now = present.get(key);
    if (isSame(now?.text ?? null, before)) return [];
    const change = { before: now?.text ?? null, after: before };
    return [{ key, ...change, kind: changeKind(change), ifMatch: now?.etag ?? null }];
  });
}

/** Documents of a publish that are neither what it made of them nor what they were before. */
export function changedSince(
  { changes }: PublishInFull,
  present: Present,
): Pick<PresentDocument, "key" | "by" | "at" | "publish">[] {
  return changes.flatMap(({ key, before, after }) => {
    const now = present.get(key);
    const text = now?.text ?? null;
    if (isSame(text, after) || isSame(text, before)) return [];
    return [{ key, by: null, at: null, publish: null, ...now }];
  });
}

function isSame(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return fingerprint(one) === fingerprint(other);
}
