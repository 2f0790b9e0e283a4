import { allRelays } from "../../src/relay/all-relays.ts";
import { arrivedAt } from "../../src/relay/events.ts";
import { presentTexts } from "../../src/relay/present-texts.ts";
import { readSettings } from "../../src/settings.ts";
import type { BacktestPage, BacktestRequest } from "../../src/simulation/backtest.ts";
import { documentsFor } from "../../src/simulation/documents-for.ts";
import { http, problem } from "../http.ts";
import { readBody } from "../read-body.ts";
import { badBody } from "./bad-query.ts";
import type { BacktestBody } from "./backtest-body.ts";
import { kvUnreadable } from "./kv-unreadable.ts";

const DAY_MS = 24 * 3_600_000;
/** A Relay has 128 MB of memory, and holds the documents as text and compiled besides what it is at. */
const MAX_BYTES = 8_000_000;

/** A draft of the configuration, run over the events that came. Nothing is sent or stored. */
export const backtests = http.createApp().post("/", async (c) => {
  const bytes = await readBody(c.req.raw, MAX_BYTES);
  if (bytes === null) {
    const message =
      "The documents are more than 8 MB: try fewer at a time, such as one namespace's.";
    return problem(c, 413, "too_large", message);
  }
  const [{ BacktestBody }, { destinationKeys, withExposures }] = await Promise.all([
    import("./backtest-body.ts"),
    import("../../src/simulation/with-exposures.ts"),
  ]);
  const parsed = BacktestBody.safeParse(jsonIn(bytes));
  if (!parsed.success) return badBody(c, parsed.error.issues[0]);
  const { documents } = parsed.data;
  const { retentionDays } = readSettings(c.env);
  const now = Date.now();
  const { items, next, progress } = await pageOf(c.env, parsed.data, now);
  const live = await presentTexts(c.env, destinationKeys(items));
  if (live === null) return kvUnreadable(c);
  return c.json({
    items: withExposures(live, documents, items),
    next,
    progress,
    retentionDays,
    storedSince: new Date(now - retentionDays * DAY_MS).toISOString(),
  });
});

type Bindings = Parameters<typeof allRelays>[0];

/**
 * The next page that has events, of one Relay after the other. `progress` says from 0 to 1 how far that
 * is, as far as can be known without counting.
 */
async function pageOf(
  env: Bindings,
  { documents, since: from, cursor, limit }: BacktestBody,
  now: number,
): Promise<{ items: BacktestPage["items"]; next: string | null; progress: number }> {
  const since = Date.parse(from);
  const start = cursorIn(cursor ?? null);
  const relays = await allRelays(env);
  for (const [index, { name, relay }] of relays.entries()) {
    if (start !== null && name < start.name) continue;
    const after = start?.name === name ? start.after : null;
    const request: BacktestRequest = {
      documents: documentsFor(name, documents),
      since,
      after,
      limit,
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

function cursorAt(name: string, after: number): string {
  return `${Buffer.from(name).toString("base64url")}.${after}`;
}

function cursorIn(cursor: string | null): { name: string; after: number } | null {
  if (cursor === null) return null;
  const [name = "", after] = cursor.split(".");
  return { name: Buffer.from(name, "base64url").toString(), after: Number(after) };
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
