import type { FoundDocument } from "../../publishing/present-document.ts";
import { fingerprint } from "../../publishing/fingerprint.ts";

/** By key, the fingerprint that a document had when the folder and the target last agreed on it. */
export type Base = ReadonlyMap<string, string>;

/** A document that is not the same in the folder and where it is published; null: it is not there. */
export type Difference = {
  key: string;
  local: string | null;
  published: FoundDocument | null;
  /** Who changed it since both agreed; unknown without a base. */
  changed: "here" | "there" | "both" | "unknown";
};

/** What differs, in the order of the keys. `base` is null where folder and target never met. */
export function differences(
  local: ReadonlyMap<string, string>,
  published: ReadonlyMap<string, FoundDocument>,
  base: Base | null,
): Difference[] {
  const keys = [...new Set([...local.keys(), ...published.keys()])].toSorted();
  return keys.flatMap((key) => {
    const [here, there] = [local.get(key) ?? null, published.get(key) ?? null];
    const [hereNow, thereNow] = [printOf(here), printOf(there?.text ?? null)];
    if (hereNow === thereNow) return [];
    const before = base?.get(key) ?? null;
    const changed =
      base === null
        ? "unknown"
        : thereNow === before
          ? "here"
          : hereNow === before
            ? "there"
            : "both";
    return [{ key, local: here, published: there, changed }];
  });
}

function printOf(text: string | null): string | null {
  return text === null ? null : fingerprint(text);
}
