import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { arrivedAt } from "../../relay/events.ts";
import { presentTexts } from "../../relay/present-texts.ts";
import { sourceOf } from "../../relay/relay-name.ts";
import { readSettings } from "../../settings.ts";
import type { Backtested, BacktestRequest } from "../../simulation/backtest.ts";
import { documentsFor } from "../../simulation/documents-for.ts";
import {
  destinationKeys,
  withExposures,
  type BacktestItem,
} from "../../simulation/with-exposures.ts";

const DAY_MS = 24 * 3_600_000;

/** Paths whose events are run, with what is below them, by source; null: all of them. */
export type BacktestScope = Record<"gitlab" | "slack", string[] | null>;

/** A draft, and the part of all events to run it over; see {@link BacktestRequest}. */
export type BacktestQuery = {
  documents: { key: string; text: string }[];
  since: number;
  /** The `next` of the page before; null: the first. */
  cursor: string | null;
  limit: number;
  /** Left out: all events. */
  scope?: BacktestScope;
  role: BacktestRequest["role"];
};

/**
 * One page of a back-test. `progress` says from 0 to 1 how far that is, as far as can be known without
 * counting; `storedSince` (ISO 8601) since when there can be anything.
 */
export type BacktestPage = {
  items: BacktestItem[];
  next: string | null;
  progress: number;
  retentionDays: number;
  storedSince: string;
};

/** Runs a draft over the next page of events, of one Relay after the other; null: KV cannot be read. */
export async function backtestPage(
  env: Env,
  query: BacktestQuery,
  now: number,
): Promise<BacktestPage | null> {
  const { retentionDays } = readSettings(env);
  const { items, next, progress } = await pageOf(env, query, now);
  const live = await presentTexts(env, destinationKeys(items));
  if (live === null) return null;
  return {
    items: withExposures(live, query.documents, items),
    next,
    progress,
    retentionDays,
    storedSince: new Date(now - retentionDays * DAY_MS).toISOString(),
  };
}

async function pageOf(
  env: Env,
  { documents, since, cursor, limit, scope, role }: BacktestQuery,
  now: number,
): Promise<{ items: Backtested[]; next: string | null; progress: number }> {
  const start = cursorIn(cursor);
  const relays = (await allRelays(env)).filter(({ name }) => isAsked(name, scope));
  for (const [index, { name, relay }] of relays.entries()) {
    if (start !== null && name < start.name) continue;
    const after = start?.name === name ? start.after : null;
    const request: BacktestRequest = {
      documents: documentsFor(name, documents),
      since,
      after,
      limit,
      paths: scope?.[sourceOf(name)] ?? null,
      role,
    };
    const json = new TextEncoder().encode(JSON.stringify(request));
    const { items, next } = await relay.backtest(json);
    const following = relays[index + 1];
    if (items.length === 0 && next === null && following !== undefined) continue;
    const within = next === null ? 1 : (arrivedAt(next) - since) / Math.max(1, now - since);
    const progress = (index + Math.min(1, Math.max(0, within))) / relays.length;
    if (next !== null) return { items, next: cursorAt(name, next), progress };
    return {
      items,
      next: following === undefined ? null : cursorAt(following.name, 0),
      progress,
    };
  }
  return { items: [], next: null, progress: 1 };
}

/** Whether a Relay can have events of the scope: it holds those of one top-level group. */
function isAsked(relay: string, scope: BacktestScope | undefined): boolean {
  const source = sourceOf(relay);
  const paths = scope?.[source] ?? null;
  if (paths === null) return true;
  if (source === "slack") return paths.length > 0;
  const namespace = relay.slice(relay.indexOf("/") + 1);
  return paths.some((path) => path.toLowerCase().split("/", 1)[0] === namespace);
}

function cursorAt(name: string, after: number): string {
  return `${Buffer.from(name).toString("base64url")}.${after}`;
}

function cursorIn(cursor: string | null): { name: string; after: number } | null {
  if (cursor === null) return null;
  const [name = "", after] = cursor.split(".");
  return { name: Buffer.from(name, "base64url").toString(), after: Number(after) };
}
