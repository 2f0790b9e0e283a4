import type { NewDocument } from "../editor/starting-text.ts";

/** A document by its key, which leads to where it is edited. */
export function DocumentLink({ documentKey }: { documentKey: string }) {
  return <a href={documentAt(documentKey)}>{documentKey}</a>;
}

/** Where a document is edited: at one of its rules, with the preview of an event, as far as they are known. */
export function documentAt(key: string, at: { rule?: string; event?: string } = {}): string {
  return `/admin/documents?${new URLSearchParams({ key, ...at }).toString()}`;
}

/** Where a document is begun, with the preview of an event where one is known. */
export function newDocumentAt(kind: NewDocument, key: string, at: { event?: string } = {}): string {
  return `/admin/documents?${new URLSearchParams({ new: kind, key, ...at }).toString()}`;
}
