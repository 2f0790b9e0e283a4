/** A document by its key, which leads to where it is edited. */
export function DocumentLink({ documentKey }: { documentKey: string }) {
  return <a href={documentAt(documentKey)}>{documentKey}</a>;
}

/** Where a document is edited. */
export function documentAt(key: string): string {
  return `/admin/documents?${new URLSearchParams({ key }).toString()}`;
}
