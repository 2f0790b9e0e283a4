import { allRelays } from "../../src/relay/all-relays.ts";
import { arrivedAt, seqAt } from "../../src/relay/events.ts";
import { deliveryId, eventId } from "../../src/relay/ids.ts";
import type { ListedDelivery } from "../../src/relay/list-deliveries.ts";
import type { Relay } from "../../src/relay/relay.ts";
import { addressOf } from "../../src/relay/show-event.ts";
import { http, problem } from "../http.ts";
import { badQuery } from "./bad-query.ts";
import { findById, notFound } from "./find-by-id.ts";
import { newestOf } from "./newest-of.ts";
import { readJson } from "./read-json.ts";
import { relaysOfProject } from "./relays-of-project.ts";
import type { RetryCursor } from "./retry-request.ts";

type Bindings = Parameters<typeof allRelays>[0];

/** Failed deliveries that one call of a bulk retry looks at. */
const RETRY_PAGE = 100;

/** The messages that were or are to be sent. */
export const deliveries = http
  .createApp()
  .get("/", async (c) => {
    const { DeliveryQuery } = await import("./delivery-query.ts");
    const parsed = DeliveryQuery.safeParse(c.req.query());
    if (!parsed.success) return badQuery(c, parsed.error.issues[0]);
    const { project, state, destination, role, limit, cursor } = parsed.data;
    const filter = {
      path: project ?? null,
      state: state ?? null,
      destination: destination ?? null,
      role: role ?? null,
    };
    const before = cursor === undefined ? seqAt(8e12) : Number(cursor);
    const pages = await Promise.all(
      (await relaysOfProject(c.env, project)).map(async ({ name, relay }) => {
        const { items, next } = await relay.deliveries(filter, before, limit);
        return { name, items, next };
      }),
    );
    const { items, next } = newestOf(pages, limit);
    return c.json({ items: items.map(({ name, item }) => listed(name, item)), next });
  })
  .post("/retry", async (c) => {
    const { RetryRequest } = await import("./retry-request.ts");
    const request = await readJson(c, RetryRequest);
    if (!request.ok) return request.answer;
    const { ids, destination, cause, since, cursor } = request.value;
    if (ids !== undefined) {
      const items = await Promise.all(
        ids.map(async (id) => ({ id, result: await retryOne(c.env, id) })),
      );
      const retried = items.filter(({ result }) => result === "retried").length;
      return c.json({ retried, skipped: items.length - retried, items, next: null });
    }
    const from = cursor === undefined ? null : await readCursor(cursor);
    if (from === "unreadable") {
      return problem(c, 400, "bad_body", 'expected the "next" of an earlier answer.', "cursor");
    }
    const left = (await allRelays(c.env)).filter(({ name }) => from === null || name >= from.relay);
    const [first, second] = left;
    if (first === undefined) return c.json({ retried: 0, skipped: 0, items: [], next: null });
    const done = await first.relay.retryFailed(
      {
        destination: destination ?? null,
        cause: cause ?? null,
        since: since === undefined ? 0 : Date.parse(since),
      },
      first.name === from?.relay ? from.after : null,
      RETRY_PAGE,
    );
    const next =
      done.next === null
        ? second && { relay: second.name, after: null }
        : { relay: first.name, after: done.next };
    return c.json({
      retried: done.retried.length,
      skipped: done.skipped,
      items: done.retried.map((id) => ({ id, result: "retried" })),
      next: next === undefined ? null : writeCursor(next),
    });
  })
  .post("/:id/retry", async (c) => {
    const result = await retryOne(c.env, c.req.param("id"));
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

async function retryOne(env: Bindings, id: string): Promise<Awaited<ReturnType<Relay["retry"]>>> {
  const found = await findById(env, id);
  if (found === null || found.n === null) return "not_found";
  return await found.relay.retry(found.key, found.n);
}

function writeCursor(cursor: RetryCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

async function readCursor(text: string): Promise<RetryCursor | "unreadable"> {
  const { RetryCursor } = await import("./retry-request.ts");
  try {
    return RetryCursor.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    return "unreadable";
  }
}

function listed(relay: string, item: ListedDelivery) {
  const { seq, key, n, types, path, title, last } = item;
  return {
    id: deliveryId(relay, key, n),
    event: {
      id: eventId(relay, key),
      type: types.split(" ")[0],
      title,
      project: path,
      receivedAt: new Date(arrivedAt(seq)).toISOString(),
    },
    ...addressOf(item.destination),
    state: item.state,
    reason: item.reason,
    role: item.role,
    mapping: item.mapping,
    rule: item.rule,
    createdAt: new Date(item.createdAt).toISOString(),
    finishedAt: item.finishedAt === null ? null : new Date(item.finishedAt).toISOString(),
    attempts: item.attempts,
    last: last === null ? null : { ...last, at: new Date(last.at).toISOString() },
  };
}
