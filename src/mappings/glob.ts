/** Whether a value matches, the whole of it, ignoring case. */
export type Matcher = (value: string) => boolean;

/** Of a longer value only so many characters are looked at. */
const MAX_LENGTH = 10_000;

/**
 * A glob: `*` stands for any run of characters (slashes too), `?` for one, everything else for
 * itself. Matching takes at most pattern × value steps whatever the pattern, because only the last
 * `*` is ever tried again; there is no regular expression to blow up. Of values longer than 10,000
 * characters, which no name has, the beginning is matched.
 */
export function glob(pattern: string): Matcher {
  const wanted = lower(pattern).replace(/\*+/g, "*");
  if (wanted.includes("?")) {
    const characters = Array.from(wanted);
    return (value) => matches(characters, Array.from(lower(value)));
  }
  const [first = "", ...more] = wanted.split("*");
  const last = more.pop();
  if (last === undefined) return (value) => lower(value) === wanted;
  return (value) => matchesParts(lower(value), first, more, last);
}

/** Matches when any of the patterns does. */
export function anyGlob(patterns: string | string[]): Matcher {
  const matchers = [patterns].flat().map(glob);
  return (value) => matchers.some((matcher) => matcher(value));
}

/** Whether a pattern stands for more than itself. */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** The value that was made lower case last: a thousand rules ask for the same one. */
let [asked, lowered] = ["", ""];

function lower(value: string): string {
  if (value !== asked) [asked, lowered] = [value, value.slice(0, MAX_LENGTH).toLowerCase()];
  return lowered;
}

/** Whether a value, letter for letter, is these parts of a pattern with anything between them, each at its first place. */
export function matchesParts(
  value: string,
  first: string,
  middle: string[],
  last: string,
): boolean {
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const part of middle) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

function matches(wanted: string[], value: string[]): boolean {
  let [at, from] = [0, 0];
  let [star, resume] = [-1, 0];
  while (from < value.length) {
    if (wanted[at] === "*") {
      star = at++;
      resume = from;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === value[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      from = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((char) => char === "*");
}
