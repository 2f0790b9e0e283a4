import { closest, distance } from "fastest-levenshtein";

/** The word of `known` that `word` was probably meant to be, as a question; else "". */
export function suggestion(word: string, known: string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(word, known);
  const near = distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return near ? ` Did you mean "${nearest}"?` : "";
}
