import type { Person } from "./event.ts";
import { identifier, isObject, object, objects, text, type Json, type JsonObject } from "./json.ts";
import { personFrom } from "./person.ts";

type Difference<T> = { added: T[]; removed: T[] };

/** The `changes` of an update, in our words. */
export type Changes = {
  /** Each changed field's value before and after, as GitLab has them; of lists only that they changed. */
  fields: Record<string, { previous: Json; current: Json }>;
  labels: Difference<string>;
  assignees: Difference<Person>;
  reviewers: Difference<Person>;
  /** Reviewers who had reviewed and were asked once more. */
  askedAgain: Person[];
};

/**
 * What an update changed. Recorded bodies have `{previous, current}` per field; the documentation of
 * GitLab 19 prints `[[previous], [current]]` for reviewers.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events
 */
export function changesOf(payload: JsonObject): Changes {
  const said = Object.fromEntries(
    Object.entries(object(payload["changes"])).flatMap(([name, change]) => {
      if (Array.isArray(change)) {
        return [[name, { previous: change[0] ?? null, current: change[1] ?? null }]];
      }
      if (!isObject(change)) return [];
      return [[name, { previous: change["previous"] ?? null, current: change["current"] ?? null }]];
    }),
  );
  const reviewers = changeOf(said, "reviewers");
  return {
    // People stay out: a body may have their e-mail addresses.
    fields: Object.fromEntries(
      Object.entries(said).map(([name, { previous, current }]) => [
        name,
        { previous: scalar(previous), current: scalar(current) },
      ]),
    ),
    labels: compare(changeOf(said, "labels"), (label) => text(label["title"])),
    assignees: compare(changeOf(said, "assignees"), personFrom),
    reviewers: compare(reviewers, personFrom),
    askedAgain: objects(reviewers.current).flatMap((reviewer) =>
      reviewer["re_requested"] === true ? (personFrom(reviewer) ?? []) : [],
    ),
  };
}

/** A field's values before and after; both null when it did not change. */
export function changeOf(
  fields: Changes["fields"],
  name: string,
): { previous: Json; current: Json } {
  const change = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return change ?? { previous: null, current: null };
}

function compare<T>(
  { previous, current }: { previous: Json; current: Json },
  read: (item: JsonObject) => T | null,
): Difference<T> {
  const [before, after] = [objects(previous), objects(current)];
  const missingIn = (others: JsonObject[]) => {
    const keys = new Set(others.map(keyOf));
    return (item: JsonObject): T[] => (keys.has(keyOf(item)) ? [] : [read(item)].filter(isThere));
  };
  return { added: after.flatMap(missingIn(before)), removed: before.flatMap(missingIn(after)) };
}

function scalar(value: Json): Json {
  return typeof value === "object" ? null : value;
}

function keyOf(item: JsonObject): string {
  return identifier(item["id"]) ?? text(item["username"]) ?? text(item["title"]) ?? "";
}

function isThere<T>(value: T | null): value is T {
  return value !== null;
}
