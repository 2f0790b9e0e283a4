import type { Summary, Tally } from "./backtest-summary.ts";

/** What two parts of a back-test come to, with at most so many examples of each kind; sums are of all. */
export function joinSummaries(one: Summary, other: Summary, examples: number): Summary {
  const few = <T>(pick: (summary: Summary) => T[]): T[] =>
    [...pick(one), ...pick(other)].slice(0, examples);
  return {
    events: added(one.events, other.events),
    posts: added(one.posts, other.posts),
    apart: added(one.apart, other.apart),
    tallies: joined(
      [...one.tallies, ...other.tallies],
      ({ destination, day }) => `${destination}\n${day}`,
      (a, b): Tally => ({
        destination: a.destination,
        day: a.day,
        would: a.would + b.would,
        did: a.did + b.did,
        unsent: a.unsent + b.unsent,
        added: a.added + b.added,
        removed: a.removed + b.removed,
      }),
    ),
    added: few((summary) => summary.added),
    removed: few((summary) => summary.removed),
    leaks: few((summary) => summary.leaks),
    faults: joined(
      [...one.faults, ...other.faults],
      ({ said, where }) => `${where}\n${said}`,
      (a, b) => ({ ...a, events: a.events + b.events }),
    ).slice(0, examples),
    moved: joined(
      [...one.moved, ...other.moved],
      ({ destination }) => destination,
      (a, b) => ({ ...a, messages: a.messages + b.messages }),
    ),
    reached: [...new Set([...one.reached, ...other.reached])],
  };
}

function added<T extends Record<string, number>>(one: T, other: T): T {
  const sums: Record<string, number> = {};
  for (const [name, count] of Object.entries(one)) sums[name] = count + (other[name] ?? 0);
  return { ...one, ...sums };
}

function joined<T>(items: T[], nameOf: (item: T) => string, join: (a: T, b: T) => T): T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const known = found.get(nameOf(item));
    found.set(nameOf(item), known === undefined ? item : join(known, item));
  }
  return [...found.values()];
}
