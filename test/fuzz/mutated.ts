import * as fc from "fast-check";
import type { Json, JsonObject } from "../../src/json.ts";
import { hostileJson, hostileKey } from "./hostile.ts";

/** One change; `at` chooses the place by its number, whatever the document is. */
type Mutation = { at: number; how: How; value: Json; key: string };

const HOW = ["replace", "remove", "rename", "add", "wrap", "repeat", "deepen"] as const;
type How = (typeof HOW)[number];

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(10_000),
  how: fc.oneof(
    { weight: 5, arbitrary: fc.constant("replace" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...HOW) },
  ),
  value: hostileJson,
  key: hostileKey,
});

/**
 * One of these documents with a few of its values, wherever they stand, made something else, taken
 * away, put under another key, beside another one, into lists, often, or deep into others.
 */
export function mutated(documents: JsonObject[], most = 4): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(fc.nat(documents.length - 1), fc.array(mutation, { maxLength: most }))
    .map(([index, mutations]) => {
      const document = structuredClone(documents[index] ?? {});
      for (const each of mutations) apply(document, each);
      return document;
    });
}

type Place = { holder: JsonObject; key: string } | { holder: Json[]; key: number };

function apply(document: JsonObject, { at, how, value, key }: Mutation): void {
  const places = placesIn(document);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return define(document, key, structuredClone(value));
  const found = Object.getOwnPropertyDescriptor(place.holder, place.key)?.value as Json;
  switch (how) {
    case "replace":
      return put(place, structuredClone(value));
    case "remove":
      return take(place);
    case "rename":
      take(place);
      if (!Array.isArray(place.holder)) define(place.holder, key, found);
      return;
    case "add":
      if (Array.isArray(place.holder))
        place.holder.splice(place.key as number, 0, structuredClone(value));
      else define(place.holder, key, structuredClone(value));
      return;
    case "wrap":
      return put(place, at % 2 === 0 ? [found] : Object.fromEntries([[key, found]]));
    case "repeat":
      return put(
        place,
        Array.from({ length: at % 60 }, () => structuredClone(found)),
      );
    case "deepen": {
      let deep: Json = found;
      for (let depth = 0; depth < at % 300; depth += 1)
        deep = depth % 2 === 0 ? [deep] : { a: deep };
      return put(place, deep);
    }
  }
}

function placesIn(document: Json): Place[] {
  const places: Place[] = [];
  const walk = (value: Json): void => {
    if (Array.isArray(value)) {
      value.forEach((inner, key) => {
        places.push({ holder: value, key });
        walk(inner);
      });
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        places.push({ holder: value, key });
        walk(inner);
      }
    }
  };
  walk(document);
  return places;
}

function put({ holder, key }: Place, value: Json): void {
  define(holder, key, value);
}

function take({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(key as number, 1);
  else delete holder[key as string];
}

/** An assignment to `__proto__` would change what the object inherits. */
function define(holder: Json, key: PropertyKey, value: Json): void {
  Object.defineProperty(holder, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
