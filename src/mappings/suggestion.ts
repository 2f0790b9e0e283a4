import { nearestWord } from "./nearest-word.ts";

/** The word of `known` that `word` was probably meant to be, as a question; else "". */
export function suggestion(word: string, known: string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === null ? "" : ` Did you mean "${nearest}"?`;
}
