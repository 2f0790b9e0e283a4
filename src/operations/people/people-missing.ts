import type { ListedMember } from "../../checks/list-members.ts";
import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import type { PersonSeen } from "../../relay/people-seen.ts";
import { sourceOf } from "../../relay/relay-name.ts";
import type { KnownPerson } from "./people-known.ts";

/** People of recent events who have no document, most seen first. */
export type PeopleMissing = {
  people: PersonSeen[];
  /** How many events were looked at. */
  events: number;
  /** How many of those that were found are not shown. */
  more: number;
};

/** Of each namespace. */
const EVENTS = 300;
const MAX_RELAYS = 40;
const SHOWN = 50;

/** Looks at the newest events of each namespace for people whom no document names. */
export async function peopleMissing(env: Env, known: KnownPerson[]): Promise<PeopleMissing> {
  const relays = (await allRelays(env)).filter(({ name }) => sourceOf(name) === "gitlab");
  const pages = await Promise.all(
    relays.slice(0, MAX_RELAYS).map(({ relay }) => relay.peopleSeen(EVENTS)),
  );
  const names = new Set(known.map(({ username }) => username.toLowerCase()));
  const found = new Map<string, PersonSeen>();
  for (const person of pages.flatMap(({ people }) => people)) {
    const key = person.username.toLowerCase();
    if (names.has(key)) continue;
    const before = found.get(key);
    found.set(key, {
      ...person,
      name: before?.name ?? person.name,
      events: (before?.events ?? 0) + person.events,
      lastAt: Math.max(before?.lastAt ?? 0, person.lastAt),
    });
  }
  const people = [...found.values()].toSorted(
    (a, b) => b.events - a.events || a.username.localeCompare(b.username),
  );
  return {
    people: people.slice(0, SHOWN),
    events: pages.reduce((sum, { looked }) => sum + looked, 0),
    more: Math.max(0, people.length - SHOWN),
  };
}

/**
 * The one active member who is known by somebody's username or full name; null: nobody, or several.
 * Whom a document names already is meant by nobody else. A suggestion, and no more.
 */
export function suggestionFor(
  { username, name }: Pick<PersonSeen, "username" | "name">,
  members: Iterable<ListedMember>,
  known: KnownPerson[],
): ListedMember | null {
  const taken = new Set(known.map(({ slack }) => slack));
  const wanted = [username, name ?? username].map((each) => each.toLowerCase());
  const fitting = [...members].filter(
    ({ id, why, knownAs }) =>
      why === null && !taken.has(id) && knownAs.some((each) => wanted.includes(each)),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
