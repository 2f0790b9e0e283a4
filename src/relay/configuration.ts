import { destinationKey } from "../mappings/destination-key.ts";
import type { Event } from "../event.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import { addressNamed, RESERVED, type Target } from "../mappings/address.ts";
import { suggestion } from "../mappings/suggestion.ts";
import type { Destination, SlackPerson } from "../mappings/schema.ts";
import type { Copy, Documents } from "./documents.ts";
import { KV_UNREADABLE } from "./kv-unreadable.ts";
import type { PeopleIndex } from "./people-index.ts";
import { sourceOf } from "./relay-name.ts";

/** The documents that a Relay works by. */
export type Configuration = {
  mappings: Documents<CompiledMapping>;
  destinations: Documents<Destination>;
  /** Who somebody of GitLab's is in Slack. Read only for templates that mention people. */
  people: Documents<SlackPerson>;
  /** The same both ways, for Slack's events. */
  peopleIndex: PeopleIndex;
};

/** What can be read of one kind of documents. */
export type Readable<T> = Pick<Documents<T>, "get">;

/** Documents to decide by: those that a Relay works by, or a draft of them. */
export type ReadableConfiguration = {
  mappings: Readable<CompiledMapping>;
  destinations: Readable<Destination>;
  people: Readable<SlackPerson>;
  peopleIndex: Pick<PeopleIndex, "slackIds" | "gitlabOf">;
};

/** The mappings that apply to a path, as they can be used; or why an event has to wait for one. */
export type Applying =
  | { usable: true; mappings: { value: CompiledMapping; version: number }[] }
  | { usable: false; reason: string };

/**
 * The mappings of these keys, nearest first, as far as they inherit. Unusable when one of them can be
 * read neither from KV nor from a good copy: it might want the event. They must be fresh already.
 */
export function applyingMappings(
  { mappings }: Pick<ReadableConfiguration, "mappings">,
  keys: string[],
): Applying {
  const found: { value: CompiledMapping; version: number }[] = [];
  for (const key of keys) {
    const copy = mappings.get(key);
    if (copy.state === "unknown") {
      return { usable: false, reason: `${key} cannot be used: ${copy.problem}` };
    }
    if (copy.state === "absent") continue;
    found.push(copy);
    if (!copy.value.inherit) break;
  }
  return { usable: true, mappings: found };
}

/** Where deliveries of this name go: the bot's own addresses need no document. */
export function targetOf(
  { destinations }: Pick<ReadableConfiguration, "destinations">,
  name: string,
): Copy<Target> {
  const address = addressNamed(name);
  return address === null
    ? destinations.get(destinationKey(name))
    : { state: "found", value: address, version: 0, problem: null };
}

/** Sees to it that {@link targetOf} can be asked for these names; null: nothing is to be awaited. */
export function refreshTargets(
  { destinations }: Configuration,
  names: string[],
  now: number,
): Promise<unknown> | null {
  const keys = names.filter((name) => addressNamed(name) === null).map(destinationKey);
  return destinations.refresh(keys, now);
}

/** Why a destination document cannot be used, for a pause. */
export function destinationProblem(
  name: string,
  copy: Copy<Target>,
): { code: string; said: string; fix: string } {
  const key = destinationKey(name);
  return copy.state === "absent"
    ? {
        code: "destination_missing",
        said: `there is no document ${key} in KV`,
        fix: `Publish ${key}, or correct the name in the rule's "to".${suggestion(name, RESERVED)}`,
      }
    : {
        code: "destination_unusable",
        said: `${key} cannot be used: ${copy.problem ?? "unknown"}`,
        fix: copy.problem?.startsWith(KV_UNREADABLE)
          ? "Nothing, if it ends soon: it is read again by itself. If it does not, look at https://www.cloudflarestatus.com."
          : `Correct ${key} and publish it again.`,
      };
}

/** Sees to it that {@link peopleOfEvent} knows the people of an event. */
export async function refreshPeople(
  { people, peopleIndex }: Configuration,
  event: Event,
  now: number,
): Promise<void> {
  if (event.details.of === "slack") return await peopleIndex.refresh(now);
  await people.refresh([...new Set(usernamesOf(event).flatMap(personKeys))], now);
}

/** Sees to it that {@link peopleOfEvent} knows everybody, where a Relay's events may name anybody. */
export async function refreshEverybody(
  { peopleIndex }: Configuration,
  relay: string,
  now: number,
): Promise<void> {
  if (sourceOf(relay) === "slack") await peopleIndex.refresh(now);
}

/** Slack ids by GitLab username in lower case: of an event's people, or of everybody who is known. */
export function peopleOfEvent(
  { people, peopleIndex }: Pick<ReadableConfiguration, "people" | "peopleIndex">,
  event: Event,
): ReadonlyMap<string, string> {
  if (event.details.of === "slack") return peopleIndex.slackIds;
  const known = new Map<string, string>();
  for (const username of usernamesOf(event)) {
    for (const copy of personKeys(username).map((key) => people.get(key))) {
      if (copy.state === "found") known.set(username.toLowerCase(), copy.value.slack);
    }
  }
  return known;
}

/** GitLab ignores the case of usernames and KV does not: both ways of writing one are looked for. */
function personKeys(username: string): string[] {
  return [`person/${username.toLowerCase()}`, `person/${username}`];
}

function usernamesOf({ actor, author, assignees, reviewers }: Event): string[] {
  const people = [actor, author, ...assignees, ...reviewers];
  const usernames = people.flatMap((person) => person?.username ?? []);
  return [...new Set(usernames.filter((each) => USERNAME.test(each)))].slice(0, MAX_PEOPLE);
}

/** What can be somebody's username in GitLab, and a part of a key that KV takes. */
const USERNAME = /^[\w.-]{1,255}$/;

/** Each is a read of KV. */
const MAX_PEOPLE = 20;
