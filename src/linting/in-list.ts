/** The key path of a word in what may be one word or a list of them: `rules[0].to[1]`. */
export function inList(path: string, written: string | string[], word: string): string {
  const index = Array.isArray(written) ? written.indexOf(word) : -1;
  return index < 0 ? path : `${path}[${index}]`;
}
