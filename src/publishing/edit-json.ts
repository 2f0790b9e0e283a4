import type { Json } from "../json.ts";

/** From the first character to behind the last. */
type Span = { start: number; end: number };

/** What stands in an object or list: its key or index, where the entry begins, and its value. */
type Member = Span & { key: string | number; at: number };

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const BARE = /[^\s,\]}]+/y;
const SPACE = /\s*/y;

/**
 * A JSON text in which a value has another one's place; everything else stays as it was, to the letter.
 * What is not there yet is put at the end of its object (the last key of the path) or list (the index
 * behind its last). Throws when the path leads nowhere: `text` has to be JSON, and the caller knows it.
 */
export function setInJson(text: string, path: (string | number)[], value: Json): string {
  let span = valueAt(text, 0);
  for (const [depth, key] of path.entries()) {
    const members = membersOf(text, span);
    // Of two of one name JSON.parse takes the last, and so does everybody who reads the document.
    const found = members.findLast((member) => member.key === key);
    if (found === undefined) {
      const isNew = typeof key === "string" || key === members.length;
      if (!isNew || depth < path.length - 1) throw new Error(`nothing is at ${path.join(".")}`);
      return added(text, span, members.at(-1), key, value);
    }
    span = found;
  }
  return text.slice(0, span.start) + JSON.stringify(value) + text.slice(span.end);
}

/**
 * A JSON text in which an object no longer has a key, wherever it stood; everything else stays to the letter.
 * `path` leads to the object. Throws as {@link setInJson} does.
 */
export function takeFromJson(text: string, path: (string | number)[], key: string): string {
  const members = membersOf(text, placeOf(text, path));
  const index = members.findLastIndex((member) => member.key === key);
  const member = members[index];
  if (member === undefined) return text;
  const [before, behind] = [members[index - 1], members[index + 1]];
  // Its comma goes with it: the one before it, or of the first the one behind.
  const start = before?.end ?? member.at;
  const end = before === undefined ? (behind?.at ?? member.end) : member.end;
  // Of two of one name the other would count from now on.
  return takeFromJson(text.slice(0, start) + text.slice(end), path, key);
}

function placeOf(text: string, path: (string | number)[]): Span {
  let span = valueAt(text, 0);
  for (const key of path) {
    const found = membersOf(text, span).findLast((member) => member.key === key);
    if (found === undefined) throw new Error(`nothing is at ${path.join(".")}`);
    span = found;
  }
  return span;
}

/** Laid out as the entry before it is. */
function added(
  text: string,
  { start, end }: Span,
  last: Member | undefined,
  key: string | number,
  value: Json,
): string {
  const space = last === undefined ? "" : after(SPACE, text, spaceBefore(text, last.at));
  const isLaidOut = space.includes("\n");
  const written = isLaidOut
    ? JSON.stringify(value, null, 2).replaceAll("\n", space)
    : JSON.stringify(value);
  const name = typeof key === "string" ? `${JSON.stringify(key)}:${isLaidOut ? " " : ""}` : "";
  return last === undefined
    ? `${text.slice(0, start + 1)}${name}${written}${text.slice(end - 1)}`
    : `${text.slice(0, last.end)},${space}${name}${written}${text.slice(last.end)}`;
}

function membersOf(text: string, { start, end }: Span): Member[] {
  const isObject = text[start] === "{";
  if (!isObject && text[start] !== "[") throw new Error("a text or number has nothing in it");
  const members: Member[] = [];
  let at = skip(text, start + 1);
  while (at < end - 1) {
    const key = isObject ? valueAt(text, at) : null;
    const value = valueAt(text, key === null ? at : skip(text, key.end) + 1);
    const name = key === null ? members.length : String(JSON.parse(text.slice(key.start, key.end)));
    members.push({ key: name, at, ...value });
    // Behind a value stands a comma, or the end.
    at = skip(text, skip(text, value.end) + 1);
  }
  return members;
}

/** The value that begins at `at`, or behind the space there. */
function valueAt(text: string, at: number): Span {
  const start = skip(text, at);
  if (!["{", "["].includes(text[start] ?? "")) {
    const written = after(text[start] === '"' ? STRING : BARE, text, start);
    return { start, end: start + written.length };
  }
  let [depth, end] = [0, start];
  do {
    const character = text[end];
    if (character === undefined) throw new Error("the text ends within a value");
    if (character === '"') {
      end += after(STRING, text, end).length;
      continue;
    }
    if (character === "{" || character === "[") depth += 1;
    if (character === "}" || character === "]") depth -= 1;
    end += 1;
  } while (depth > 0);
  return { start, end };
}

function skip(text: string, at: number): number {
  return at + after(SPACE, text, at).length;
}

function spaceBefore(text: string, at: number): number {
  let start = at;
  while (start > 0 && /\s/.test(text[start - 1] ?? "")) start -= 1;
  return start;
}

function after(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  const [written] = pattern.exec(text) ?? [];
  if (written === undefined) throw new Error(`no JSON at ${at}`);
  return written;
}
