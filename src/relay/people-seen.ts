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
/** So much is read for one answer. */
const MAX_BYTES_IN_ALL = 8 * 1024 * 1024;
/** A Relay does one thing at a time: what comes in is let in after so many events. */
const AT_ONCE = 10;

/** Looks at the newest events of a GitLab Relay: at most `limit`, and fewer where they are large. */
export async function peopleSeen(
  sql: SqlStorage,
  relay: string,
  limit: number,
): Promise<PeopleSeen> {
  const newest = newestEvents(sql, limit);
  const people = new Map<string, PersonSeen>();
  for (const [index, seq] of newest.entries()) {
    if (index > 0 && index % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve, 0));
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

/** As many as may be read for one answer, the newest first. */
function newestEvents(sql: SqlStorage, limit: number): number[] {
  const found: number[] = [];
  let bytes = 0;
  const rows = sql.exec<{ seq: number; size: number }>(
    "SELECT seq, size FROM events WHERE size <= ? ORDER BY seq DESC LIMIT ?",
    MAX_BYTES,
    limit,
  );
  for (const { seq, size } of rows) {
    bytes += size;
    if (bytes > MAX_BYTES_IN_ALL) break;
    found.push(seq);
  }
  return found;
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
