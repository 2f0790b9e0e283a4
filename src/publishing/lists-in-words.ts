import { named } from "../words/named.ts";

/** "also to a and b", "no longer to c": what came into a list and what left it. */
export function listsInWords(
  before: string[],
  after: string[],
  came: string,
  left: string,
): string[] {
  const fresh = after.filter((each) => !before.includes(each));
  const gone = before.filter((each) => !after.includes(each));
  return [
    ...(fresh.length === 0 ? [] : [`${came} ${named(fresh)}`]),
    ...(gone.length === 0 ? [] : [`${left} ${named(gone)}`]),
  ];
}
