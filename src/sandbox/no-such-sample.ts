import { closest } from "fastest-levenshtein";

/** Says that there is no sample of a name, and which were probably meant: those that begin with it, or the nearest. */
export function noSuchSample(name: string, names: readonly string[]): string {
  const beginning = names.filter((each) => each.startsWith(name));
  const meant =
    beginning.length === 0
      ? `Did you mean "${closest(name, names)}"? All names: npm run sample`
      : `There are:\n${beginning.map((each) => `  ${each}`).join("\n")}`;
  return `There is no "${name}". ${meant}`;
}
