import { closest, distance } from "fastest-levenshtein";

/** The word of `known` that `word` was probably meant to be; null: none is near. */
export function nearestWord(word: string, known: string[]): string | null {
  if (known.length === 0) return null;
  const nearest = known.find((each) => isSwapped(word, each)) ?? closest(word, known);
  const near =
    isSwapped(word, nearest) ||
    distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3));
  return near ? nearest : null;
}

/** Whether two words differ by two neighbours that changed places, which is one slip and not two. */
function isSwapped(word: string, other: string): boolean {
  if (word.length !== other.length) return false;
  const at = word.split("").findIndex((letter, index) => letter !== other[index]);
  if (at < 0) return false;
  return (
    word.slice(at, at + 2) === `${other[at + 1]}${other[at]}` &&
    word.slice(at + 2) === other.slice(at + 2)
  );
}
