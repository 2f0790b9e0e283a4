import type { Person } from "../event.ts";
import {
  identifier,
  isObject,
  object,
  objects,
  text,
  type Json,
  type JsonObject,
} from "../json.ts";
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

/** On opening GitLab lists every field, and nothing changed. */
const NONE: Changes = {
  fields: {},
  labels: { added: [], removed: [] },
  assignees: { added: [], removed: [] },
  reviewers: { added: [], removed: [] },
  askedAgain: [],
};

/**
 * What an update changed. Recorded bodies have `{previous, current}` per field; the documentation of
 * GitLab 19 prints `[[previous], [current]]` for reviewers.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events
 */
export function changesOf(payload: JsonObject): Changes {
  if (object(payload["object_attributes"])["action"] === "open") return NONE;
  const said = Object.entries(object(payload["changes"])).filter(
    ([, change]) => Array.isArray(change) || isObject(change),
  );
  if (said.length === 0) return NONE;
  const of = (name: string) => bothOf(said.find(([each]) => each === name)?.[1]);
  const reviewers = of("reviewers");
  return {
    // People stay out: a body may have their e-mail addresses.
    fields: Object.fromEntries(
      said.map(([name, change]) => {
        const { previous, current } = bothOf(change);
        return [name, { previous: scalar(previous), current: scalar(current) }];
      }),
    ),
    labels: compare(of("labels"), (label) => text(label["title"])),
    assignees: compare(of("assignees"), personFrom),
    reviewers: compare(reviewers, personFrom),
    askedAgain: objects(reviewers.current).flatMap((reviewer) =>
      reviewer["re_requested"] === true ? (personFrom(reviewer) ?? []) : [],
    ),
  };
}

function bothOf(change: Json | undefined): { previous: Json; current: Json } {
  const [previous, current] = Array.isArray(change)
    ? change
    : [object(change)["previous"], object(change)["current"]];
  return { previous: previous ?? null, current: current ?? null };
}

/** Fields that change along with others, and say nothing by themselves. */
const BOOKKEEPING =
  /^(state|state_id|merge_status|merge_user_id|merge_params|relative_position)$|_at$|_by_id$/;

/** Whether the change of a field is no news: it changes whenever others do. */
export function isBookkeeping(field: string): boolean {
  return BOOKKEEPING.test(field);
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
