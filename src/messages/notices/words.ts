/** GitLab's word as people say it: "merge request". */
export function spoken(word: string): string {
  return word.replaceAll("_", " ");
}

/** At the start of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
