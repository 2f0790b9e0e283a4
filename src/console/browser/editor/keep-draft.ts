/** A text that somebody wrote and did not publish. */
export type KeptDraft = {
  /** Of what it was begun with; "": of nothing. */
  etag: string;
  yaml: string;
  /** When, in milliseconds. */
  at: number;
  /** The key under which it was sent, as it is; null: it was written on since, or never sent. */
  sent: string | null;
};

/** What the keys of all drafts in this tab begin with. */
export const DRAFT_PREFIX = "causeway:draft:";

/** The text that is kept for a document in this tab; null: none. */
export function keptDraft(document: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(DRAFT_PREFIX + document) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a text for a document, as far as the browser has room for it; null forgets it. */
export function keepDraft(document: string, draft: KeptDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(DRAFT_PREFIX + document);
    else sessionStorage.setItem(DRAFT_PREFIX + document, JSON.stringify(draft));
  } catch {
    // Full, or forbidden by the browser: the text is on the page all the same.
  }
}

/** Forgets what was sent under a key, which is published now. */
export function forgetSent(key: string): void {
  try {
    const documents = Object.keys(sessionStorage)
      .filter((each) => each.startsWith(DRAFT_PREFIX))
      .map((each) => each.slice(DRAFT_PREFIX.length));
    for (const document of documents) {
      if (keptDraft(document)?.sent === key) keepDraft(document, null);
    }
  } catch {
    // Forbidden by the browser: nothing is kept.
  }
}

function isDraft(value: unknown): value is KeptDraft {
  return (
    typeof value === "object" &&
    value !== null &&
    "etag" in value &&
    typeof value.etag === "string" &&
    "yaml" in value &&
    typeof value.yaml === "string" &&
    "at" in value &&
    typeof value.at === "number" &&
    "sent" in value &&
    (value.sent === null || typeof value.sent === "string")
  );
}
