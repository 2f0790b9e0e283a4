/** The address of the editor at a rule of a mapping. */
export function editorAt(mapping: string, rule: string): string {
  return `/admin/documents?${new URLSearchParams({ key: mapping, rule }).toString()}`;
}
