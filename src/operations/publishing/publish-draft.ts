import type { Env } from "../../env.ts";
import { fingerprint } from "../../publishing/fingerprint.ts";
import { lostAddress } from "../../publishing/hidden-address.ts";
import { MAX_WHY, type Publish } from "../../publishing/publish.ts";
import { conflictOf, type PublishConflict } from "./conflict-of.ts";
import { publishDocuments } from "./publish-documents.ts";
import { putAddressesBack } from "./put-addresses-back.ts";
import { textThen } from "./text-then.ts";

/** What somebody wrote of a document, as JSON in which addresses may be hidden. */
export type Draft = {
  key: string;
  text: string;
  /** The etag of what it was begun with; null: the document was not there. */
  begun: string | null;
  /** The etag of what it is to replace: another one, if somebody published meanwhile and that was seen. */
  replaces: string | null;
  /** What becomes of what others published since it was begun: both are put together, or theirs goes. */
  despite: "both" | "over" | null;
  by: string;
  why: string;
};

/** What became of a draft. */
export type DraftAnswer =
  | { is: "published"; publish: Publish }
  /** It says what is published. */
  | { is: "unchanged" }
  /** Somebody was faster, and it was not said what becomes of theirs. `text` is the draft's, with its addresses. */
  | { is: "conflict"; conflict: PublishConflict; text: string }
  | { is: "refused"; problems: { path: string; message: string }[] };

/** Publishes a draft for somebody at the console, or says what is in the way. */
export async function publishDraft(env: Env, draft: Draft): Promise<DraftAnswer> {
  const { key, begun, replaces, despite, by, why } = draft;
  const base = await textThen(env, begun);
  const text = await putAddressesBack(env, draft);
  if (text === null) return { is: "refused", problems: [lostAddress(key)] };
  if (begun === replaces && base !== null && fingerprint(base) === fingerprint(text)) {
    const conflict = await conflictOf(env, { key, etag: begun, text });
    if (conflict === null) return { is: "unchanged" };
    if ("problem" in conflict) return refused(conflict.problem);
    const { theirs } = conflict;
    const stands = theirs !== null && fingerprint(theirs.text) === fingerprint(text);
    return stands ? { is: "unchanged" } : { is: "conflict", conflict, text };
  }
  let wanted = text;
  if (begun !== replaces && despite !== "over") {
    const conflict = await conflictOf(env, { key, etag: begun, text });
    if (conflict !== null && "problem" in conflict) return refused(conflict.problem);
    if (conflict !== null) {
      const isSeen = conflict.theirs?.etag === replaces;
      if (despite === null || !isSeen || conflict.merged?.ok !== true) {
        return conflicting(conflict, text);
      }
      wanted = conflict.merged.text;
    }
  }
  const answer = await publishDocuments(env, {
    by,
    why: why.slice(0, MAX_WHY),
    via: "console",
    restores: null,
    changes: [{ key, text: wanted, ifMatch: replaces }],
  });
  switch (answer.status) {
    case "published":
      return { is: "published", publish: answer.publish };
    case "conflict": {
      const conflict = await conflictOf(env, { key, etag: begun, text });
      if (conflict === null) return refused("It is as you began with it again: publish once more.");
      return "problem" in conflict ? refused(conflict.problem) : conflicting(conflict, text);
    }
    case "invalid":
      return { is: "refused", problems: answer.problems };
    case "bad_request":
    case "too_large":
    case "kv_unreadable":
      return refused(answer.message);
  }
}

/** Somebody may have sent the same twice: what is published has all of it already. */
function conflicting(conflict: PublishConflict, text: string): DraftAnswer {
  const { theirs, merged } = conflict;
  const published = theirs === null ? null : fingerprint(theirs.text);
  const isThere =
    published === fingerprint(text) ||
    (merged?.ok === true && published === fingerprint(merged.text));
  return isThere ? { is: "unchanged" } : { is: "conflict", conflict, text };
}

function refused(message: string): DraftAnswer {
  return { is: "refused", problems: [{ path: "", message }] };
}
