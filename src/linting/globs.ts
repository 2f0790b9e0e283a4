/** Whether everything that `inner` matches is matched by `outer` too. Says no where it is not sure. */
export function isCovered(inner: string, outer: string): boolean {
  const [tokens, wanted] = [tokensOf(inner), tokensOf(outer)];
  // As in any matching of globs only the last star has to be tried again.
  let [at, from, star, resume] = [0, 0, -1, 0];
  while (from < tokens.length) {
    const [token, pattern] = [tokens[from], wanted[at]];
    if (pattern === "*") {
      star = at++;
      resume = from;
    } else if (token !== "*" && (pattern === "?" || (token !== "?" && pattern === token))) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      from = ++resume;
    } else {
      return false;
    }
  }
  return wanted.slice(at).every((pattern) => pattern === "*");
}

/** Whether there is a text that both patterns match. */
export function canMeet(a: string, b: string): boolean {
  const [left, right] = [tokensOf(a), tokensOf(b)];
  // Whether what is left of both from these places can be the same text; from the ends to the front.
  let below: boolean[] = [];
  for (let i = left.length; i >= 0; i -= 1) {
    const row: boolean[] = [];
    for (let j = right.length; j >= 0; j -= 1) {
      const [one, other] = [left[i], right[j]];
      if (one === undefined && other === undefined) row[j] = true;
      else if (one === "*")
        row[j] = below[j] === true || (other !== undefined && row[j + 1] === true);
      else if (other === "*")
        row[j] = row[j + 1] === true || (one !== undefined && below[j] === true);
      else if (one === undefined || other === undefined) row[j] = false;
      else row[j] = (one === "?" || other === "?" || one === other) && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}

/** The characters of a pattern as globs compare them. */
function tokensOf(pattern: string): string[] {
  return Array.from(pattern.toLowerCase().replace(/\*+/g, "*"));
}
