/** The word that a table has for a key; undefined where it has none, whatever the key is. */
export function ownWord<T>(table: Record<string, T>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** GitLab's word as people say it: "merge request". */
export function spoken(word: string): string {
  return word.replaceAll("_", " ");
}

/** At the start of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
