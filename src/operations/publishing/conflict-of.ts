import type { Env } from "../../env.ts";
import { problemInWords } from "../../mappings/problem-in-words.ts";
import { changesInWords } from "../../publishing/changes-in-words.ts";
import { documentProblems } from "../../publishing/document-problems.ts";
import { mergeTexts, type Merged } from "../../publishing/merge-texts.ts";
import type { Publish } from "../../publishing/publish.ts";
import type { PresentDocument } from "../../publishing/present-document.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { textThen } from "./text-then.ts";

/** What somebody wanted to publish of a document: `etag` is what it was when they began; null: it was not there. */
export type Wanted = { key: string; etag: string | null; text: string };

/** What is in the way of it: what others made of the document meanwhile. */
export type PublishConflict = {
  /** As it is now; null: it was removed. */
  theirs: PresentDocument | null;
  /** The latest publish that changed it; null: nobody knows of one. */
  publish: Publish | null;
  /** What it was when both began; null: it was not there, or is not known any more. */
  base: string | null;
  /** What they changed, in words. */
  words: string[];
  /** Both changes in one text, or what would be `wrong` with that; null: there is nothing to put together. */
  merged: Merged | Unusable | null;
};

/** Two changes that are good by themselves may not be so together: problems, in words. */
type Unusable = { ok: false; wrong: string[] };

const BEHIND_ALL = "~";

/** What is in the way of a publish; null: nothing is any more, or why KV cannot be read. */
export async function conflictOf(
  env: Env,
  { key, etag, text }: Wanted,
): Promise<PublishConflict | null | { problem: string }> {
  const publisher = env.RELAY.getByName(PUBLISHER);
  const found = await publisher.document(key);
  if (!found.ok) return { problem: found.message };
  const theirs = found.document;
  if ((theirs?.etag ?? null) === etag) return null;
  // Before the end of all ids: KV was just looked at, and need not be listed.
  const [publish = null] = (await publisher.publishes(BEHIND_ALL, 1, key)).items;
  const base = await textThen(env, etag);
  const isKnown = etag === null || base !== null;
  return {
    theirs,
    publish,
    base,
    words: isKnown ? changesInWords(key, base, theirs?.text ?? null) : [],
    merged:
      base === null || theirs === null ? null : usable(key, mergeTexts(base, text, theirs.text)),
  };
}

function usable(key: string, merged: Merged): Merged | Unusable {
  if (!merged.ok) return merged;
  const problems = documentProblems(key, merged.text);
  return problems.length === 0
    ? merged
    : { ok: false, wrong: problems.map((problem) => problemInWords(problem, merged.text)) };
}
