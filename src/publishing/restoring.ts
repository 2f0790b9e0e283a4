import type { FoundDocument } from "./present-document.ts";
import { changeKind, type Publish, type PublishInFull } from "./publish.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Step } from "./step.ts";

type Present = ReadonlyMap<string, FoundDocument>;

type Changes = Pick<PublishInFull, "changes">;

/** A document that was changed again, by whom, when (ISO 8601) and with which publish; null: nobody knows. */
export type ChangedAgain = Pick<FoundDocument, "key" | "by" | "at" | "publish">;

/** How many documents without a signature are looked up in the history. */
const LOOKED_UP = 10;

/** What puts back the texts from before a publish; documents that are so already are not in it. */
export function restoring({ changes }: Changes, present: Present): Step[] {
  return changes.flatMap(({ key, before }) => {
    const now = present.get(key);
    if (isSame(now?.text ?? null, before)) return [];
    const change = { before: now?.text ?? null, after: before };
    return [{ key, ...change, kind: changeKind(change), ifMatch: now?.etag ?? null }];
  });
}

/** Documents of a publish that are neither what it made of them nor what they were before. */
export function changedSince({ changes }: Changes, present: Present): ChangedAgain[] {
  return changes.flatMap(({ key, before, after }) => {
    const now = present.get(key);
    const text = now?.text ?? null;
    if (isSame(text, after) || isSame(text, before)) return [];
    return [{ key, by: null, at: null, publish: null, ...now }];
  });
}

/**
 * Whose change it was, also where the document does not say: because it is gone, or was edited by hand.
 * `latest` has the latest publish of a document; of many without a signature only the first are looked up.
 */
export async function signed(
  changed: ChangedAgain[],
  latest: (key: string) => Promise<Pick<Publish, "by" | "at" | "id"> | undefined>,
): Promise<ChangedAgain[]> {
  const unsigned = changed.filter(({ publish }) => publish === null).slice(0, LOOKED_UP);
  const found = new Map<string, ChangedAgain>();
  for (const { key } of unsigned) {
    const publish = await latest(key);
    if (publish !== undefined) {
      found.set(key, { key, by: publish.by, at: publish.at, publish: publish.id });
    }
  }
  return changed.map((each) => found.get(each.key) ?? each);
}

function isSame(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return fingerprint(one) === fingerprint(other);
}
