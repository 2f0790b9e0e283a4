/** Anything that `JSON.parse` may return. Bodies of others are read through the functions below. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The value at a path of own keys, or null: every nested object of GitLab's is nullable somewhere. */
export function field(value: Json | undefined, ...path: string[]): Json {
  let current: Json | undefined = value;
  for (const key of path) {
    current = isObject(current) && Object.hasOwn(current, key) ? current[key] : null;
  }
  return current ?? null;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one. */
export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The objects of a list; anything else has none (GitLab leaves out `assignees` when empty). */
export function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A non-empty text, or null. */
export function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** An id as text: GitLab sends numbers, templates of custom hooks may send strings. */
export function identifier(value: Json | undefined): string | null {
  return typeof value === "number" ? String(value) : text(value);
}

/** A finite number, or null. */
export function number(value: Json | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** What a table has for a key of its own; undefined where it has nothing, whatever the key is. */
export function own<T>(table: Record<string, T>, key: string | null): T | undefined {
  return key !== null && Object.hasOwn(table, key) ? table[key] : undefined;
}
