/** Whether a value matches, the whole of it, ignoring case. */
export type Matcher = (value: string) => boolean;

/**
 * A glob: `*` stands for any run of characters (slashes too), `?` for one, everything else for
 * itself. Matching takes at most pattern × value steps whatever the pattern, because only the last
 * `*` is ever tried again; there is no regular expression to blow up.
 */
export function glob(pattern: string): Matcher {
  const wanted = Array.from(pattern.toLowerCase().replace(/\*+/g, "*"));
  if (!wanted.includes("*") && !wanted.includes("?")) {
    const exact = wanted.join("");
    return (value) => value.toLowerCase() === exact;
  }
  return (value) => matches(wanted, Array.from(value.toLowerCase()));
}

/** Matches when any of the patterns does. */
export function anyGlob(patterns: string | string[]): Matcher {
  const matchers = [patterns].flat().map(glob);
  return (value) => matchers.some((matcher) => matcher(value));
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
