import { isObject, type Json, type JsonObject } from "../json.ts";

const MAX_DEPTH = 6;
const MAX_ITEMS = 20;
const MAX_STRING_BYTES = 2_000;
const MAX_VALUES = 5_000;
const MAX_KEPT_BYTES = 200_000;

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * The outline of a large JSON object: its shape and identifying fields with long strings cut, long
 * lists shortened and deep values left out, read straight from the bytes, so that a 25 MiB body
 * never becomes a string of 50 MiB and a tree of more. Null when the bytes are not a JSON object.
 * What is left out is skipped, not validated.
 */
export function outlineOf(bytes: Uint8Array): JsonObject | null {
  const reader = new OutlineReader(bytes);
  try {
    const value = reader.document();
    return isObject(value) ? value : null;
  } catch (error) {
    if (error instanceof MalformedJson) return null;
    throw error;
  }
}

class MalformedJson extends Error {}

class OutlineReader {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder();
  #at = 0;
  #values = 0;
  #keptBytes = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#at = 3;
  }

  document(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at !== this.#bytes.length) throw new MalformedJson();
    return value ?? null;
  }

  /** The value here, or undefined when it is left out of the outline. */
  #value(depth: number): Json | undefined {
    this.#space();
    const first = this.#bytes[this.#at];
    if (first === OPEN_OBJECT || first === OPEN_LIST) {
      if (depth >= MAX_DEPTH || this.#isFull()) return this.#skip();
      return first === OPEN_OBJECT ? this.#object(depth) : this.#list(depth);
    }
    this.#values += 1;
    return first === QUOTE ? this.#string() : this.#literal();
  }

  #object(depth: number): JsonObject {
    const entries: [string, Json][] = [];
    this.#at += 1;
    while (!this.#closes(CLOSE_OBJECT)) {
      this.#space();
      if (this.#bytes[this.#at] !== QUOTE) throw new MalformedJson();
      const key = this.#string();
      this.#space();
      this.#expect(COLON);
      const value = this.#isFull() ? this.#skip() : this.#value(depth + 1);
      if (value !== undefined) entries.push([key, value]);
      this.#separator(CLOSE_OBJECT);
    }
    // Defines own properties, as JSON.parse does: a key named __proto__ stays a key.
    return Object.fromEntries(entries);
  }

  #list(depth: number): Json[] {
    const items: Json[] = [];
    this.#at += 1;
    while (!this.#closes(CLOSE_LIST)) {
      const value =
        items.length < MAX_ITEMS && !this.#isFull() ? this.#value(depth + 1) : this.#skip();
      if (value !== undefined) items.push(value);
      this.#separator(CLOSE_LIST);
    }
    return items;
  }

  #closes(bracket: number): boolean {
    this.#space();
    if (this.#bytes[this.#at] !== bracket) return false;
    this.#at += 1;
    return true;
  }

  /** After a member: a comma with another member behind it, or the closing bracket (left in place). */
  #separator(bracket: number): void {
    this.#space();
    if (this.#bytes[this.#at] === bracket) return;
    this.#expect(COMMA);
    this.#space();
    if (this.#bytes[this.#at] === bracket) throw new MalformedJson();
  }

  #isFull(): boolean {
    return this.#values >= MAX_VALUES || this.#keptBytes >= MAX_KEPT_BYTES;
  }

  #string(): string {
    const start = this.#at;
    this.#passString();
    const raw = this.#bytes.subarray(start, this.#at);
    this.#keptBytes += Math.min(raw.length, MAX_STRING_BYTES);
    if (raw.length <= MAX_STRING_BYTES) return this.#parse(raw) as string;
    return this.#parse(cutString(raw)) as string;
  }

  #literal(): Json {
    const start = this.#at;
    while (this.#at < this.#bytes.length && !isDelimiter(this.#bytes[this.#at])) this.#at += 1;
    return this.#parse(this.#bytes.subarray(start, Math.min(this.#at, start + 64)));
  }

  #parse(raw: Uint8Array): Json {
    try {
      return JSON.parse(this.#decoder.decode(raw));
    } catch {
      throw new MalformedJson();
    }
  }

  /** Passes over a value without recursion, however deep it is nested. */
  #skip(): undefined {
    let depth = 0;
    do {
      this.#space();
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new MalformedJson();
      if (byte === QUOTE) {
        this.#passString();
        continue;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
      if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1;
      this.#at += 1;
      if (depth === 0 && !isStructural(byte)) {
        while (this.#at < this.#bytes.length && !isDelimiter(this.#bytes[this.#at])) this.#at += 1;
      }
    } while (depth > 0);
  }

  #passString(): void {
    let at = this.#at + 1;
    for (let byte = this.#bytes[at]; byte !== QUOTE; byte = this.#bytes[at]) {
      if (byte === undefined) throw new MalformedJson();
      at += byte === BACKSLASH ? 2 : 1;
    }
    this.#at = at + 1;
  }

  #expect(byte: number): void {
    if (this.#bytes[this.#at] !== byte) throw new MalformedJson();
    this.#at += 1;
  }

  #space(): void {
    while (isSpace(this.#bytes[this.#at])) this.#at += 1;
  }
}

/** The beginning of a quoted string, closed again: never inside an escape or a UTF-8 sequence. */
function cutString(raw: Uint8Array): Uint8Array {
  let end = 1;
  for (let at = 1; at < MAX_STRING_BYTES;) {
    end = at;
    const byte = raw[at] ?? 0;
    if (byte === BACKSLASH) at += raw[at + 1] === 0x75 ? 6 : 2;
    else at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
  }
  const cut = new Uint8Array(end + 4);
  cut.set(raw.subarray(0, end));
  cut.set([0xe2, 0x80, 0xa6, QUOTE], end); // "…" and the closing quote
  return cut;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isStructural(byte: number): boolean {
  return byte === OPEN_OBJECT || byte === CLOSE_OBJECT || byte === OPEN_LIST || byte === CLOSE_LIST;
}

function isDelimiter(byte: number | undefined): boolean {
  return (
    isSpace(byte) ||
    byte === COMMA ||
    byte === COLON ||
    byte === CLOSE_LIST ||
    byte === CLOSE_OBJECT ||
    byte === QUOTE
  );
}
