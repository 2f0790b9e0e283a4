import { etagOf } from "./etag.ts";

/** A row of SQLite has at most 2 MB, and a character up to three bytes for each UTF-16 unit. */
const PART_UNITS = 500_000;

/** The texts of documents, each stored once under its etag: most are the `after` of one publish and the `before` of another. */
export class TextStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores a text and returns its etag; null stays null. */
  keep(text: string | null): string | null {
    if (text === null) return null;
    const etag = etagOf(text);
    if (this.#sql.exec("SELECT 1 FROM texts WHERE etag = ? LIMIT 1", etag).toArray().length > 0) {
      return etag;
    }
    for (const [n, part] of parts(text).entries()) {
      this.#sql.exec("INSERT INTO texts VALUES (?, ?, ?)", etag, n, part);
    }
    return etag;
  }

  /** The text of an etag that {@link keep} returned. */
  read(etag: string): string;
  read(etag: string | null): string | null;
  read(etag: string | null): string | null {
    if (etag === null) return null;
    return this.#sql
      .exec<{ text: string }>("SELECT text FROM texts WHERE etag = ? ORDER BY n", etag)
      .toArray()
      .map(({ text }) => text)
      .join("");
  }
}

function parts(text: string): string[] {
  const found: string[] = [];
  let at = 0;
  do {
    const end = at + PART_UNITS;
    // Not between the two halves of a character.
    const half = end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
    found.push(text.slice(at, half ? end - 1 : end));
    at = half ? end - 1 : end;
  } while (at < text.length);
  return found;
}
