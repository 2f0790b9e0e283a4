/** A text that somebody wrote and did not publish, and the etag of what it was begun with. */
export type KeptDraft = { etag: string; yaml: string };

const PREFIX = "causeway:draft:";

/** The text that is kept for a document in this tab; null: none. */
export function keptDraft(document: string): KeptDraft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + document) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps a text for a document, as far as the browser has room for it; null forgets it. */
export function keepDraft(document: string, draft: KeptDraft | null): void {
  try {
    if (draft === null) sessionStorage.removeItem(PREFIX + document);
    else sessionStorage.setItem(PREFIX + document, JSON.stringify(draft));
  } catch {
    // Full, or forbidden by the browser: the text is on the page all the same.
  }
}

function isDraft(value: unknown): value is KeptDraft {
  return (
    typeof value === "object" &&
    value !== null &&
    "etag" in value &&
    typeof value.etag === "string" &&
    "yaml" in value &&
    typeof value.yaml === "string"
  );
}
