const MAX_LENGTH = 60;

/** A title as the name of a file: `CMOC handover (new)` becomes `cmoc-handover-new`; "" when nothing is left. */
export function slug(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|(?<!-)-+$/g, "");
}
