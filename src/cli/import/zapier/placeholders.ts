/** A value of an earlier step that a text asks for. */
export type Reference = { step: string; path: string[] };

const PLACEHOLDER = /\{\{((?:(?!\{\{|\}\}).)*)\}\}/gs;

/** A text with each placeholder replaced, and what is between them made by `plain`. */
export function fillIn(
  source: string,
  replace: (reference: Reference | null, written: string) => string,
  plain: (between: string) => string,
): string {
  let filled = "";
  let end = 0;
  for (const found of source.matchAll(PLACEHOLDER)) {
    filled += plain(source.slice(end, found.index));
    filled += replace(readReference(found[0]), found[0]);
    end = found.index + found[0].length;
  }
  return filled + plain(source.slice(end));
}

/**
 * Reads `{{123__user__name}}` and the newer `{{=gives["123"]["user"]["name"]}}`; a filter leaves the
 * braces of the first form out. Null when it is neither.
 */
export function readReference(source: string): Reference | null {
  const inner = source.replace(/^\{\{(.*)\}\}$/s, "$1").trim();
  if (/^=?\s*gives\b/.test(inner)) {
    const [step, ...path] = [...inner.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\]/g)].map(
      ([, double, single, number]) => double ?? single ?? number ?? "",
    );
    return step === undefined || path.length === 0 ? null : { step, path };
  }
  const [, step, rest] = /^(\w*?[a-zA-Z0-9])__(.+)$/s.exec(inner) ?? [];
  if (step === undefined || rest === undefined) return null;
  // `labels[]title` asks for the title of each label.
  return { step, path: rest.replace(/\[\](?=[A-Za-z_])/g, "[]__").split("__") };
}
