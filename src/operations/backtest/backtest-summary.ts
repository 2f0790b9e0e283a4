import { addressNamed } from "../../mappings/address.ts";
import { differenceOf } from "../../simulation/difference-of.ts";
import type { BacktestItem } from "../../simulation/with-exposures.ts";

/** One message that would be posted or was, for people to find it. */
export type Example = {
  event: string;
  at: string;
  type: string;
  title: string | null;
  project: string | null;
  confidential: boolean;
  destination: string;
  mapping: string | null;
  rule: string | null;
};

/** What reached a destination on a day (UTC). */
export type Tally = {
  destination: string;
  day: string;
  would: number;
  did: number;
  unsent: number;
  added: number;
  removed: number;
};

/** Why a confidential event would be read by people who are not told of such events now. */
export type Leak = Example & { why: "opened" | "new" | "moved" };

/** Something to put right before the draft is published, and how many events it concerns. */
type Fault = { said: string; where: string; events: number; example: string };

/** What a draft would change, over all events. */
export type Summary = {
  events: { total: number; routed: number; undecided: number; failed: number; unreadable: number };
  posts: {
    would: number;
    did: number;
    /** Not in `did`, and no difference: it was discarded, failed, or still waits. */
    unsent: number;
    added: number;
    removed: number;
  };
  /** Kept apart: what shadow rules would have sent, what people sent again, and alerts. */
  apart: { wouldShadow: number; didShadow: number; replays: number; alerts: number };
  tallies: Tally[];
  added: Example[];
  removed: Example[];
  leaks: Leak[];
  faults: Fault[];
  /** Destinations whose messages would go somewhere else than the live document says. */
  moved: { destination: string; messages: number }[];
  /** Names of the destinations that something would reach, in shadow too. */
  reached: string[];
};

/** Adds the events of a backtest up. */
export function summarize(items: BacktestItem[]): Summary {
  const differences = items.map((item) => ({ item, ...differenceOf(item) }));
  const count = <T>(of: (each: (typeof differences)[number]) => T[]): number =>
    differences.reduce((total, each) => total + of(each).length, 0);
  const inState = (state: BacktestItem["state"]) =>
    items.filter((item) => item.state === state).length;
  return {
    events: {
      total: items.length,
      routed: inState("routed"),
      undecided: inState("undecided"),
      failed: inState("failed"),
      unreadable: inState("unreadable"),
    },
    posts: {
      would: count(({ would }) => would),
      did: count(({ did }) => did),
      unsent: count(({ unsent }) => unsent),
      added: count(({ added }) => added),
      removed: count(({ removed }) => removed),
    },
    apart: {
      wouldShadow: count(({ item }) => item.would.filter(({ shadow }) => shadow)),
      didShadow: count(({ item }) => item.did.filter(({ state }) => state === "shadow")),
      replays: count(({ item }) => item.did.filter(({ role }) => role === "replay")),
      alerts: count(({ item }) => item.did.filter(({ role }) => role === "alert")),
    },
    tallies: talliesOf(differences),
    added: differences.flatMap(({ item, added }) => added.map((each) => exampleOf(item, each))),
    removed: differences.flatMap(({ item, removed }) =>
      removed.map((each) => exampleOf(item, each)),
    ),
    leaks: items.flatMap(leaksOf),
    faults: faultsOf(items),
    moved: movedIn(items),
    reached: [
      ...new Set(
        items.flatMap(({ would }) =>
          would.filter(({ state }) => state !== "filtered").map(({ destination }) => destination),
        ),
      ),
    ],
  };
}

/** A destination as tables have it: what goes to single people counts together. */
function destinationInTables(destination: string): string {
  const address = addressNamed(destination);
  switch (address?.type) {
    case "ephemeral":
      return `ephemeral:${address.channel}`;
    case "dm":
      return "dm";
    case "thread":
    case "gitlab_issue":
    case undefined:
      return destination;
  }
}

function talliesOf(
  differences: ({ item: BacktestItem } & ReturnType<typeof differenceOf>)[],
): Tally[] {
  const tallies = new Map<string, Tally>();
  const at = (destination: string, day: string): Tally => {
    const name = destinationInTables(destination);
    const known = tallies.get(`${name}\n${day}`);
    if (known !== undefined) return known;
    const tally = { destination: name, day, would: 0, did: 0, unsent: 0, added: 0, removed: 0 };
    tallies.set(`${name}\n${day}`, tally);
    return tally;
  };
  for (const { item, would, did, unsent, added, removed } of differences) {
    const day = item.at.slice(0, 10);
    for (const { destination } of would) at(destination, day).would += 1;
    for (const { destination } of did) at(destination, day).did += 1;
    for (const { destination } of unsent) at(destination, day).unsent += 1;
    for (const { destination } of added) at(destination, day).added += 1;
    for (const { destination } of removed) at(destination, day).removed += 1;
  }
  return [...tallies.values()].toSorted(
    (a, b) => a.destination.localeCompare(b.destination) || a.day.localeCompare(b.day),
  );
}

/** Also of messages with a template that fails: the default message goes out instead. */
function leaksOf(item: BacktestItem): Leak[] {
  if (!item.confidential) return [];
  return item.would.flatMap((would) =>
    would.state === "pending" && would.exposure !== "same"
      ? [{ ...exampleOf(item, would), why: would.exposure }]
      : [],
  );
}

function faultsOf(items: BacktestItem[]): Fault[] {
  const faults = new Map<string, Fault>();
  const add = (said: string, where: string, event: string): void => {
    const fault = faults.get(`${where}\n${said}`);
    if (fault === undefined)
      faults.set(`${where}\n${said}`, { said, where, events: 1, example: event });
    else fault.events += 1;
  };
  for (const { id, problem, would } of items) {
    if (problem !== null) add(problem, "", id);
    for (const { faulty, reason, mapping, rule, destination } of would) {
      if (faulty)
        add(reason ?? "", `${mapping} › ${rule}, to ${destinationInTables(destination)}`, id);
    }
  }
  return [...faults.values()];
}

function movedIn(items: BacktestItem[]): Summary["moved"] {
  const messages = new Map<string, number>();
  for (const { destination, exposure, state } of items.flatMap(({ would }) => would)) {
    if (exposure !== "moved" || state !== "pending") continue;
    messages.set(destination, (messages.get(destination) ?? 0) + 1);
  }
  return [...messages].map(([destination, count]) => ({ destination, messages: count }));
}

function exampleOf(
  { id, at, type, title, project, confidential }: BacktestItem,
  { destination, mapping, rule }: Pick<Example, "destination" | "mapping" | "rule">,
): Example {
  return { event: id, at, type, title, project, confidential, destination, mapping, rule };
}
