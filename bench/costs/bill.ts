import type { PerEvent } from "../measure/counts.ts";
import type { Costs } from "./costs.ts";

import { PLAN_DOLLARS, PRICES, type Item } from "./prices.ts";

/** What cannot be counted here: each is a guess on the dear side, and the page says so. */
export const ASSUMED = {
  /** How long Slack takes to answer one request (ms); the object is billed while it waits. */
  slackAnswerMs: 150,
  /** What Cloudflare adds to each of our lines, and what it writes by itself for each invocation. */
  bytesAroundLine: 1_000,
  /** The memory an object is billed for, in GB, whatever it uses. */
  objectGb: 0.128,
  /**
   * How often an event can come alone in one namespace (seconds): the alarm comes 15 s after it, and
   * 10 s later the object may be evicted.
   */
  aloneSeconds: 25,
  retentionDays: 7,
  logDays: 7,
} as const;

const DAY_SECONDS = 86_400;

/** How many events come in so many days, of which kinds, in how many top-level namespaces. */
export type Load = {
  delivered: number;
  filtered: number;
  reactions: number;
  /** How often a monitor asks for /health/delivery. */
  checks: number;
  namespaces: number;
  days: number;
};

/** A monitor that asks every five minutes. */
export const CHECKS_A_DAY = 288;

/** A day of a team with two flows: 3,000 events a month, half of them wanted, and 300 reactions. */
export const SUPPORT_TEAM: Load = {
  delivered: 50,
  filtered: 50,
  reactions: 10,
  checks: CHECKS_A_DAY,
  namespaces: 1,
  days: 1,
};

export type Usage = Record<Item, number>;

/** What a bill is made of. */
export type Billed = Pick<
  Costs,
  "alone" | "together" | "restMinute" | "retention" | "storedBytes" | "cpuMs"
>;

/** What a load uses when its events are spread as evenly, and so as dearly, as they can be. */
export function usageOf(load: Load, costs: Billed): Usage {
  const events = load.delivered + load.filtered + load.reactions;
  const room = (load.days * DAY_SECONDS * load.namespaces) / ASSUMED.aloneSeconds;
  const share = events === 0 ? 0 : Math.min(1, room / events);
  const { alone, together, retention, restMinute } = costs;
  const restMinutes = ((load.days * DAY_SECONDS) / 60) * (1 - Math.min(1, events / room));
  const parts: Usage[] = (
    [
      [load.delivered, alone.delivered, together.delivered],
      [load.filtered, alone.filtered, together.filtered],
      [load.reactions, alone.reaction, together.reaction],
    ] as const
  ).flatMap(([count, byItself, withOthers]) => [
    used(byItself, count * share),
    used(withOthers, count * (1 - share)),
  ]);
  const all = [
    ...parts,
    used(alone.check, load.checks),
    used(restMinute, restMinutes * load.namespaces),
    used(retention, events),
  ].reduce(sum);
  return {
    ...all,
    workerCpu: events * Math.max(costs.cpuMs.at50, costs.cpuMs.busy),
    stored: (events / load.days) * ASSUMED.retentionDays * costs.storedBytes,
    logsStored: (all.logsIngested / load.days) * ASSUMED.logDays,
  };
}

/** One item of a month's bill; the plan's own price is not in it. */
export type BillLine = { item: Item; used: number; dollars: number };

/** What the paid plan charges for a month's usage. */
export function billOf(usage: Usage): { lines: BillLine[]; total: number } {
  const lines = items().map((item) => {
    const { included, dollars, perUnits } = PRICES[item];
    const over = Math.max(0, usage[item] - included);
    return { item, used: usage[item], dollars: (over / perUnits) * dollars };
  });
  return { lines, total: lines.reduce((total, { dollars }) => total + dollars, PLAN_DOLLARS) };
}

/** The daily limits of the free plan that a day's usage exceeds. */
export function exceeded(usage: Usage): Item[] {
  return items().filter((item) => usage[item] > (PRICES[item].free?.most ?? Infinity));
}

/**
 * How many events a day one item of the free plan allows: `mix` is any day's load, of which the events
 * are scaled. 0: a day without any is too much already.
 */
export function mostOnFree(item: Item, mix: Load, costs: Billed): number {
  const { free } = PRICES[item];
  if (free === null) return Number.POSITIVE_INFINITY;
  const events = mix.delivered + mix.filtered + mix.reactions;
  const fits = (times: number): boolean => {
    const load = {
      ...mix,
      delivered: mix.delivered * times,
      filtered: mix.filtered * times,
      reactions: mix.reactions * times,
    };
    return usageOf(load, costs)[item] <= free.most;
  };
  // Usage only grows with the load: halving finds the last one that fits.
  let [low, high] = [0, 1];
  while (fits(high)) {
    [low, high] = [high, high * 2];
    if (high * events > 1e12) return Number.POSITIVE_INFINITY;
  }
  while ((high - low) * events > 0.5) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return Math.floor(low * events);
}

/** All items, in the order of a bill. */
export function items(): Item[] {
  return Object.keys(PRICES) as Item[];
}

function used(each: PerEvent, events: number): Usage {
  const objectRequests = each.accepts + each.resumes + each.otherCalls + each.alarms;
  const busyMs = each.activeMs + each.outgoing * ASSUMED.slackAnswerMs;
  const written = each.logLines + each.requests + objectRequests;
  return {
    workerRequests: each.requests * events,
    objectRequests: objectRequests * events,
    objectDuration: (busyMs / 1_000) * ASSUMED.objectGb * events,
    rowsWritten: (each.rowsWritten + each.alarmsSet + each.otherWrites) * events,
    rowsRead: each.rowsRead * events,
    kvReads: (each.mappingReads + each.destinationReads + each.personReads) * events,
    kvLists: each.kvLists * events,
    logsIngested: (each.logBytes + written * ASSUMED.bytesAroundLine) * events,
    // These do not follow from one event's counts: see usageOf.
    workerCpu: 0,
    stored: 0,
    logsStored: 0,
  };
}

function sum(a: Usage, b: Usage): Usage {
  return Object.fromEntries(items().map((item) => [item, a[item] + b[item]])) as Usage;
}
