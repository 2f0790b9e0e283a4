import { checkSettings } from "../../checks/check-settings.ts";
import type { Env } from "../../env.ts";
import type { ActivityHour } from "../../relay/activity.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { countOf, within } from "../../relay/latencies.ts";
import type { Sums } from "../../relay/ledger.ts";
import { mergeFailures } from "../../relay/failures.ts";
import { PUBLISHER, sourceOf } from "../../relay/relay-name.ts";
import { secretsSet } from "../../secrets.ts";
import { hoursTogether, together } from "./hours-together.ts";
import { namespaceOf } from "../../relay/namespace-of.ts";
import { needs, type Needs } from "./overview-needs.ts";
import { sumOfLedgers } from "./sum-of-ledgers.ts";

/** How everything is. Times are milliseconds. */
export type Overview = {
  needs: Needs;
  /** When the last event came, from GitLab or Slack; null: none ever did. */
  lastEventAt: number | null;
  ledger: Sums;
  /** The last 24 hours, oldest first; the last one is not over. */
  hours: ActivityHour[];
  /** All of them in one. */
  day: ActivityHour;
  /** Within which time half of the messages of these hours were in Slack, and 99 of a hundred; null: there were none. */
  latency: { half: number; most: number; count: number } | null;
  /** Whether everything of these hours is counted yet. */
  complete: boolean;
  namespaces: NamespaceOverview[];
};

/** How one namespace is; `day` is its last 24 hours. */
export type NamespaceOverview = {
  namespace: string;
  day: ActivityHour;
  pending: number;
  lastEventAt: number | null;
};

const HOURS = 24;

/** Asks all Relays how it is. */
export async function overview(env: Env, now: number): Promise<Overview> {
  const [relays, settings, publishing] = await Promise.all([
    everyRelay(env),
    checkSettings(env),
    env.RELAY.getByName(PUBLISHER).publishingTrouble(),
  ]);
  const hours = hoursTogether(
    relays.flatMap(({ activity }) => activity.hours),
    HOURS,
    now,
  );
  const first = hours[0]?.hour ?? now;
  const day = together(first, hours);
  const half = within(day.latency, 0.5);
  const most = within(day.latency, 0.99);
  const latest = (from: typeof relays): number | null => {
    const times = from.flatMap(({ health }) => health.lastEventAt ?? []);
    return times.length === 0 ? null : Math.max(...times);
  };
  return {
    needs: needs({
      relays,
      failures: mergeFailures(relays.flatMap(({ stuck }) => stuck)),
      publishing,
      settings: settings.findings,
      secrets: secretsSet(env),
      lastFromGitlab: latest(relays.filter(({ name }) => sourceOf(name) === "gitlab")),
      now,
    }),
    lastEventAt: latest(relays),
    ledger: sumOfLedgers(relays.map(({ ledger }) => ledger)),
    hours,
    day,
    latency: half === null || most === null ? null : { half, most, count: countOf(day.latency) },
    complete: relays.every(({ activity }) => activity.complete),
    namespaces: relays
      .map(({ name, ledger, health, activity }) => ({
        namespace: namespaceOf(name),
        day: together(
          first,
          activity.hours.filter(({ hour }) => hour >= first),
        ),
        pending: ledger.deliveries.pending,
        lastEventAt: health.lastEventAt,
      }))
      .toSorted((one, other) => other.day.received - one.day.received),
  };
}

async function everyRelay(env: Env) {
  return await Promise.all(
    (await allRelays(env)).map(async ({ name, relay }) => ({ name, ...(await relay.overview()) })),
  );
}
