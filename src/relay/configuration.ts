import type { Event } from "../event.ts";
import type { CompiledMapping } from "../mappings/compile-mapping.ts";
import { mappingKeys } from "../mappings/match-rules.ts";
import type { Destination, SlackPerson } from "../mappings/schema.ts";
import type { Copy, Documents } from "./documents.ts";

/** The documents that a Relay works by. */
export type Configuration = {
  mappings: Documents<CompiledMapping>;
  destinations: Documents<Destination>;
  /** Who somebody of GitLab's is in Slack. Read only for templates that mention people. */
  people: Documents<SlackPerson>;
};

/** The mappings that apply to a path, as they can be used; or why an event has to wait for one. */
export type Applying =
  | { usable: true; mappings: { value: CompiledMapping; version: number }[] }
  | { usable: false; reason: string };

/**
 * The mappings of a path, nearest first, as far as they inherit. Unusable when one of them can be
 * read neither from KV nor from a good copy: it might want the event. They must be fresh already.
 */
export function applyingMappings({ mappings }: Configuration, path: string | null): Applying {
  const found: { value: CompiledMapping; version: number }[] = [];
  for (const key of mappingKeys(path)) {
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

export function destinationKey(name: string): string {
  return `destination/${name}`;
}

/** Why a destination document cannot be used, for a pause. */
export function destinationProblem(
  name: string,
  copy: Copy<Destination>,
): { code: string; said: string; fix: string } {
  const key = destinationKey(name);
  return copy.state === "absent"
    ? {
        code: "destination_missing",
        said: `there is no document ${key} in KV`,
        fix: `Publish ${key}, or correct the name in the rule's "to".`,
      }
    : {
        code: "destination_unusable",
        said: `${key} cannot be used: ${copy.problem ?? "unknown"}`,
        fix: `Correct ${key} and publish it again.`,
      };
}

/** Sees to it that {@link peopleKnown} knows the people of an event. */
export async function refreshPeople(
  { people }: Configuration,
  event: Event,
  now: number,
): Promise<void> {
  await people.refresh([...new Set(usernamesOf(event).flatMap(personKeys))], now);
}

/** The Slack ids of an event's people, by GitLab username in lower case, as far as they are known. */
export function peopleKnown({ people }: Configuration, event: Event): Map<string, string> {
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
  return [...new Set(people.flatMap((person) => person?.username ?? []))].slice(0, MAX_PEOPLE);
}

/** Each is a read of KV. */
const MAX_PEOPLE = 20;
