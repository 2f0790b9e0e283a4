const AROUND = 3;

type Line = { sign: " " | "+" | "-"; text: string };

/** The lines of two texts that differ, with `-` and `+`, three lines around, and `@@` before each place. */
export function unifiedDiff(before: string, after: string): string[] {
  const lines = compared(linesOf(before), linesOf(after));
  const shown = lines.map((_line, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== " "),
  );
  const diff: string[] = [];
  let [old, fresh] = [1, 1];
  for (const [at, { sign, text }] of lines.entries()) {
    if (shown[at] === true) {
      if (shown[at - 1] !== true) diff.push(`@@ -${old} +${fresh} @@`);
      diff.push(sign + text);
    }
    if (sign !== "+") old += 1;
    if (sign !== "-") fresh += 1;
  }
  return diff;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function compared(old: string[], fresh: string[]): Line[] {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(old.length, fresh.length) - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end += 1;
  }
  const same = (text: string): Line => ({ sign: " ", text });
  return [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

/** Beyond this many pairs of lines the middle is shown as replaced as a whole. */
const MAX_PAIRS = 4_000_000;

/** By the longest common run of lines. */
function middle(old: string[], fresh: string[]): Line[] {
  const removed = (text: string): Line => ({ sign: "-", text });
  const added = (text: string): Line => ({ sign: "+", text });
  if (old.length * fresh.length > MAX_PAIRS) return [...old.map(removed), ...fresh.map(added)];
  const width = fresh.length + 1;
  const longest = new Uint32Array((old.length + 1) * width);
  const at = (a: number, b: number): number => longest[a * width + b] ?? 0;
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = fresh.length - 1; b >= 0; b -= 1) {
      longest[a * width + b] =
        old[a] === fresh[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const lines: Line[] = [];
  let [a, b] = [0, 0];
  while (a < old.length || b < fresh.length) {
    const [before, after] = [old[a], fresh[b]];
    if (before !== undefined && before === after) {
      lines.push({ sign: " ", text: before });
      a += 1;
      b += 1;
    } else if (before !== undefined && (after === undefined || at(a + 1, b) >= at(a, b + 1))) {
      lines.push(removed(before));
      a += 1;
    } else if (after !== undefined) {
      lines.push(added(after));
      b += 1;
    }
  }
  return lines;
}
