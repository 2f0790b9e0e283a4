import { timingSafeEqual } from "hono/utils/buffer";
import { relayNameFor } from "../src/gitlab/event-path.ts";
import { allRelays, findRelay } from "../src/relay/all-relays.ts";
import { arrivedAt, seqAt } from "../src/relay/events.ts";
import { eventId, parseId } from "../src/relay/ids.ts";
import type { Sums } from "../src/relay/ledger.ts";
import type { ListedEvent } from "../src/relay/list-events.ts";
import { http, problem } from "./http.ts";

/** Events of Slack's belong to a channel, whose workspace its id does not say. */
const CHANNEL = /^[CGD][A-Z0-9]{8,}$/;

/** Only the bearer of ADMIN_TOKEN passes; without a token configured nobody does. */
const administrators = http.createMiddleware(async function administrators(c, next) {
  const { ADMIN_TOKEN: token } = c.env;
  if (token === undefined || token === "") {
    return problem(
      c,
      401,
      "not_configured",
      "ADMIN_TOKEN is not set, so this is closed. Set it: npx wrangler secret put ADMIN_TOKEN.",
    );
  }
  const given = /^Bearer +([^ ].*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (given === undefined || !(await timingSafeEqual(given, token))) {
    c.header("www-authenticate", 'Bearer realm="causeway"');
    return problem(
      c,
      401,
      "unauthenticated",
      "Send the ADMIN_TOKEN as Authorization: Bearer <token>.",
    );
  }
  return await next();
});

/** `/admin/api`: what programs and the command line see of the Relays. */
export const adminApi = http
  .createApp()
  .use(administrators)
  .get("/ledger", async (c) => {
    const namespaces = await Promise.all(
      (await allRelays(c.env)).map(async ({ name, relay }) => ({
        namespace: namespaceOf(name),
        ...(await relay.ledger()),
      })),
    );
    return c.json({ namespaces, total: sum(namespaces) });
  })
  .get("/problems", async (c) => {
    const relays = await Promise.all(
      (await allRelays(c.env)).map(async ({ name, relay }) => {
        const { documents, pauses, waiting } = await relay.problems();
        return {
          namespace: namespaceOf(name),
          documents: documents.map(dated),
          pauses: pauses.map(dated),
          waiting: waiting.map(dated),
        };
      }),
    );
    return c.json({
      items: relays.filter(({ documents, pauses, waiting }) =>
        [documents, pauses, waiting].some((list) => list.length > 0),
      ),
    });
  })
  .get("/events", async (c) => {
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
  .get("/events/:id", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const shown = found === null ? null : await found.relay.show(found.key);
    if (shown === null) return notFound(c, "event");
    return c.body(shown, 200, { "content-type": "application/json" });
  })
  .get("/events/:id/body", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const body = found === null ? null : await found.relay.body(found.key);
    if (body === null) return notFound(c, "event");
    return c.body(new Uint8Array(body), 200, {
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="body.json"',
    });
  })
  .post("/events/:id/replay", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    const replayed = found === null ? null : await found.relay.replay(found.key);
    return replayed === null ? notFound(c, "event") : c.json(replayed);
  })
  .post("/deliveries/:id/retry", async (c) => {
    const found = await findById(c.env, c.req.param("id"));
    if (found === null || found.n === null) return notFound(c, "delivery");
    const result = await found.relay.retry(found.key, found.n);
    switch (result) {
      case "retried":
        return c.json({ id: c.req.param("id"), state: "pending" });
      case "not_found":
        return notFound(c, "delivery");
      case "already_delivered":
        return problem(
          c,
          409,
          result,
          "It was delivered already; replay its event to send it once more.",
        );
      case "not_a_delivery":
        return problem(
          c,
          409,
          result,
          "Nothing was to be sent here: it was filtered or is in shadow mode.",
        );
    }
  });

type Bindings = Parameters<typeof allRelays>[0];

async function relaysNamed(env: Bindings, name: string) {
  const relay = await findRelay(env, name);
  return relay === null ? [] : [{ name, relay }];
}

/** The Relay of an event's or a delivery's id; null: there is none. */
async function findById(env: Bindings, id: string) {
  const reference = parseId(id);
  const relay = reference === null ? null : await findRelay(env, reference.relay);
  return reference === null || relay === null ? null : { ...reference, relay };
}

function notFound(c: Parameters<typeof problem>[0], what: "event" | "delivery"): Response {
  return problem(
    c,
    404,
    "not_found",
    `There is no such ${what}; finished events are deleted after RETENTION_DAYS.`,
  );
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

function namespaceOf(relay: string): string {
  return relay.replace(/^gitlab\//, "");
}

function dated<T extends { since: number }>(item: T): Omit<T, "since"> & { since: string } {
  return { ...item, since: new Date(item.since).toISOString() };
}

function sum(ledgers: Sums[]): Sums {
  const add = (of: (ledger: Sums) => number): number =>
    ledgers.reduce((total, ledger) => total + of(ledger), 0);
  return {
    received: add((ledger) => ledger.received),
    delivered: add((ledger) => ledger.delivered),
    filtered: add((ledger) => ledger.filtered),
    duplicate: add((ledger) => ledger.duplicate),
    pending: add((ledger) => ledger.pending),
    failed: add((ledger) => ledger.failed),
    unreadable: add((ledger) => ledger.unreadable),
    deliveries: {
      delivered: add(({ deliveries }) => deliveries.delivered),
      filtered: add(({ deliveries }) => deliveries.filtered),
      pending: add(({ deliveries }) => deliveries.pending),
      failed: add(({ deliveries }) => deliveries.failed),
      inDoubt: add(({ deliveries }) => deliveries.inDoubt),
    },
  };
}
