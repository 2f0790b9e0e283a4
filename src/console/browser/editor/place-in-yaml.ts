/** Where in a YAML text somebody is writing. */
export type PlaceInYaml = {
  /** The keys around it, outermost first; `*` is an item of a list. */
  path: string[];
  /** Whether a key, a value, or either of them stands there. */
  is: "key" | "value" | "either";
  /** What was written of it so far. */
  typed: string;
};

/** What a line opens: an item of a list, or a key. Columns count from 0. */
type Opening = { column: number; key: string | null };

const KEY = /^("[^"]*"|'[^']*'|[\w.-]+)\s*:(?=\s|$)/;

/**
 * Finds the place at the end of `before`, the text up to the cursor. It goes by indentation: what somebody
 * is writing is rarely whole.
 */
export function placeInYaml(before: string): PlaceInYaml {
  const lines = before.split("\n");
  const { openings, rest, column } = openingsOf(lines.pop() ?? "");
  const own = openings.at(-1);
  const isValue = own?.key != null;
  // On an empty line the cursor's own column says how deep it is.
  const path = pathAbove(lines, openings, isValue ? (own?.column ?? 0) : column);
  if (isValue) path.push(own?.key ?? "");
  return placeInFlow(path, rest, isValue);
}

/** What a line opens, outermost first; `rest` is what stands behind, from `column` on. */
export function openingsOf(line: string): { openings: Opening[]; rest: string; column: number } {
  const openings: Opening[] = [];
  let column = line.length - line.trimStart().length;
  let rest = line.slice(column);
  for (let item = /^-(\s+|$)/.exec(rest); item !== null; item = /^-(\s+|$)/.exec(rest)) {
    openings.push({ column, key: null });
    column += item[0].length;
    rest = rest.slice(item[0].length);
  }
  const key = KEY.exec(rest);
  if (key !== null) {
    openings.push({ column, key: (key[1] ?? "").replace(/^["']|["']$/g, "") });
    rest = rest.slice(key[0].length);
  }
  return { openings, rest, column };
}

function pathAbove(lines: string[], own: Opening[], column: number): string[] {
  const path: string[] = [];
  let [limit, isInItem] = [column, false];
  const enter = ({ column: at, key }: Opening): void => {
    // The items of a list may stand right below its key.
    if (at > limit || (at === limit && !(isInItem && key !== null))) return;
    path.unshift(key ?? "*");
    [limit, isInItem] = [at, key === null];
  };
  for (const opening of own.toReversed()) enter(opening);
  for (const line of lines.toReversed()) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    for (const opening of openingsOf(line).openings.toReversed()) enter(opening);
  }
  return path;
}

/** Goes on within `{ … }` and `[ … ]` that are not closed yet. */
function placeInFlow(path: string[], text: string, isValue: boolean): PlaceInYaml {
  const open: { is: "map" | "list"; key: string | null }[] = [];
  let word = "";
  for (const token of text.match(/"[^"]*"?|'[^']*'?|[{}[\],]|:(?=\s|$)|[^{}[\],:"']+|./g) ?? []) {
    const inside = open.at(-1);
    if (token === "{" || token === "[")
      open.push({ is: token === "{" ? "map" : "list", key: null });
    else if (token === "}" || token === "]") open.pop();
    else if (token === "," && inside !== undefined) inside.key = null;
    else if (token === ":" && inside?.is === "map") inside.key = word.trim();
    else {
      word += token;
      continue;
    }
    word = "";
  }
  const within = open.flatMap(({ is, key }) => (is === "list" ? ["*"] : key === null ? [] : [key]));
  const last = open.at(-1);
  const is = last === undefined ? (isValue ? "value" : "either") : isKeyOf(last) ? "key" : "value";
  return { path: [...path, ...within], is, typed: word.trimStart() };
}

function isKeyOf({ is, key }: { is: "map" | "list"; key: string | null }): boolean {
  return is === "map" && key === null;
}
