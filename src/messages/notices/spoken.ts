/** GitLab's word as people say it: "merge request". */
export function spoken(word: string): string {
  return word.replaceAll("_", " ");
}
