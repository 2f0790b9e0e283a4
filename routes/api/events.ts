import { relayNameFor } from "../../src/gitlab/event-path.ts";
import { allRelays, findRelay } from "../../src/relay/all-relays.ts";
import { arrivedAt, seqAt } from "../../src/relay/events.ts";
import { eventId } from "../../src/relay/ids.ts";
import type { ListedEvent } from "../../src/relay/list-events.ts";
import { http, problem } from "../http.ts";
import { findById, notFound } from "./find-by-id.ts";

/** Events of Slack's belong to a channel, whose workspace its id does not say. */
const CHANNEL = /^[CGD][A-Z0-9]{8,}$/;

/** What was received, and what became of it. */
export const events = http
  .createApp()
  .get("/", async (c) => {
    const { EventQuery } = await import("./event-query.ts");
    const parsed = EventQuery.safeParse(c.req.query());
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return problem(
        c,
        400,
        "bad_query",
        `${issue?.message ?? "unusable"}.`,
        issue?.path.join("."),
      );
    }
    const { project, type, state, text, limit, cursor } = parsed.data;
    const filter = {
      path: project ?? null,
      type: type ?? null,
      state: state ?? null,
      text: text ?? null,
    };
    const before = cursor === undefined ? seqAt(8e12) : Number(cursor);
    const relays =
      project === undefined || CHANNEL.test(project)
        ? await allRelays(c.env)
        : await relaysNamed(c.env, relayNameFor(project));
    const pages = await Promise.all(
      relays.map(async ({ name, relay }) => {
        const { items, next } = await relay.events(filter, before, limit);
        return { name, items, next };
      }),
    );
    return c.json(newestOf(pages, limit));
  })
  .get("/:id", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const shown = found === null ? null : await found.relay.show(found.key);
    if (shown === null) return notFound(c, "event");
    return c.body(shown, 200, { "content-type": "application/json" });
  })
  .get("/:id/body", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const body = found === null ? null : await found.relay.body(found.key);
    if (body === null) return notFound(c, "event");
    return c.body(new Uint8Array(body), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="body.json"',
    });
  })
  .post("/:id/replay", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const replayed = found === null ? null : await found.relay.replay(found.key);
    return replayed === null ? notFound(c, "event") : c.json(replayed);
  });

type Bindings = Parameters<typeof allRelays>[0];

async function relaysNamed(env: Bindings, name: string) {
  const relay = await findRelay(env, name);
  return relay === null ? [] : [{ name, relay }];
}

/** Merges the newest events of several Relays; `next` is where the next page begins. */
function newestOf(
  pages: { name: string; items: ListedEvent[]; next: number | null }[],
  limit: number,
): { items: unknown[]; next: string | null } {
  const all = pages
    .flatMap(({ name, items }) => items.map((item) => ({ name, item })))
    .sort((a, b) => b.item.seq - a.item.seq);
  // A Relay that stopped looking at `next` may have more there: older ones are for the next page.
  const horizon = Math.max(0, ...pages.map(({ next }) => next ?? 0));
  const complete = all.filter(({ item }) => item.seq >= horizon);
  // Never between two of the same moment: the next page starts below the last.
  const lowest = complete[limit - 1]?.item.seq ?? 0;
  const shown = complete.filter(({ item }) => item.seq >= lowest);
  const next = shown.length < complete.length ? lowest : horizon;
  return {
    items: shown.map(({ name, item }) => listed(name, item)),
    next: next === 0 ? null : String(next),
  };
}

function listed(relay: string, { seq, key, types, path, title, eventState, reason }: ListedEvent) {
  const all = types.split(" ");
  return {
    id: eventId(relay, key),
    type: all[0],
    types: all,
    state: eventState,
    reason,
    receivedAt: new Date(arrivedAt(seq)).toISOString(),
    project: path,
    title,
  };
}
