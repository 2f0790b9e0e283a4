import { openingsOf } from "./place-in-yaml.ts";

/** The keys that an object has already besides what is written at `at`, in a YAML text. By indentation. */
export function keysBeside(text: string, at: number): string[] {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const { openings, column } = openingsOf(text.slice(start, at));
  const here = openings.findLast(({ key }) => key !== null)?.column ?? column;
  const above = text.slice(0, start).split("\n").slice(0, -1).toReversed();
  const end = text.indexOf("\n", at);
  const below = end < 0 ? [] : text.slice(end + 1).split("\n");
  const beginsItem = openings.some(({ key }) => key === null);
  return [...(beginsItem ? [] : keysAt(above, here, "up")), ...keysAt(below, here, "down")];
}

function keysAt(lines: string[], here: number, way: "up" | "down"): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const { openings, column } = openingsOf(line);
    const first = openings[0]?.column ?? column;
    const own = openings.find((opening) => opening.column === here && opening.key !== null);
    // An item that begins further left is the one that this object is, or the next one.
    const isEdge = first < here;
    if (own?.key != null && !(isEdge && way === "down")) found.push(own.key);
    if (isEdge) break;
  }
  return found;
}
