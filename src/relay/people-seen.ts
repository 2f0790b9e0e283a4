import type { Event, Person } from "../event.ts";
import { arrivedAt, findEvent, readEvent } from "./events.ts";

/** Somebody whom events name, by the GitLab username as GitLab writes it. */
export type PersonSeen = {
  username: string;
  name: string | null;
  /** In how many of the events. */
  events: number;
  /** When last, in milliseconds. */
  lastAt: number;
};

/** Who is in the newest events: as who did it, author, assignee or reviewer. Bots are left out. */
export type PeopleSeen = { looked: number; people: PersonSeen[] };

/** Larger bodies take longer to read than what they would add. */
const MAX_BYTES = 500_000;

/** Looks at the newest events of a GitLab Relay, at most `limit`. */
export function peopleSeen(sql: SqlStorage, relay: string, limit: number): PeopleSeen {
  const newest = sql
    .exec<{ seq: number }>(
      "SELECT seq FROM events WHERE size <= ? ORDER BY seq DESC LIMIT ?",
      MAX_BYTES,
      limit,
    )
    .toArray();
  const people = new Map<string, PersonSeen>();
  for (const { seq } of newest) {
    const row = findEvent(sql, seq);
    const event = row === null ? null : (readEvent(sql, relay, row)?.event ?? null);
    for (const { username, name } of event === null ? [] : peopleOf(event)) {
      const key = username.toLowerCase();
      const seen = people.get(key);
      people.set(key, {
        username,
        name: seen?.name ?? name,
        events: (seen?.events ?? 0) + 1,
        lastAt: seen?.lastAt ?? arrivedAt(seq),
      });
    }
  }
  return { looked: newest.length, people: [...people.values()] };
}

/** Each once, with a username. */
function peopleOf({
  actor,
  author,
  assignees,
  reviewers,
}: Event): (Person & { username: string })[] {
  const all = [actor, author, ...assignees, ...reviewers].flatMap((person) =>
    person === null || person.bot || person.username === null
      ? []
      : { ...person, username: person.username },
  );
  return [...new Map(all.map((person) => [person.username.toLowerCase(), person])).values()];
}
