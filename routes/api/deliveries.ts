import { deliveries as listDeliveries } from "../../src/operations/events/deliveries.ts";
import { retryDelivery } from "../../src/operations/failures/retry-delivery.ts";
import { retryFailures } from "../../src/operations/failures/retry-failures.ts";
import { http, problem } from "../http.ts";
import { badQuery } from "./bad-query.ts";
import { notFound } from "./not-found.ts";
import type { RetriedAnswer, RetriedOneAnswer } from "./openapi/delivery-answers.ts";
import { readJson } from "./read-json.ts";

/** The messages that were or are to be sent. */
export const deliveries = http
  .createApp()
  .get("/", async (c) => {
    const { DeliveryQuery } = await import("./delivery-query.ts");
    const parsed = DeliveryQuery.safeParse(c.req.query());
    if (!parsed.success) return badQuery(c, parsed.error.issues[0]);
    const { project, state, destination, role, limit, cursor } = parsed.data;
    const question = {
      path: project ?? null,
      state: state ?? null,
      destination: destination ?? null,
      role: role ?? null,
      cursor: cursor ?? null,
      limit,
    };
    return c.json(await listDeliveries(c.env, question));
  })
  .post("/retry", async (c) => {
    const { RetryRequest } = await import("./retry-request.ts");
    const request = await readJson(c, RetryRequest);
    if (!request.ok) return request.answer;
    const { ids, destination, cause, since, cursor } = request.value;
    if (ids !== undefined) {
      const items = await Promise.all(
        ids.map(async (id) => ({ id, result: await retryDelivery(c.env, id) })),
      );
      const retried = items.filter(({ result }) => result === "retried").length;
      return c.json({
        retried,
        skipped: items.length - retried,
        items,
        next: null,
      } satisfies RetriedAnswer);
    }
    const { readRetryCursor, writeRetryCursor } =
      await import("../../src/operations/failures/retry-cursor.ts");
    const from = cursor === undefined ? null : readRetryCursor(cursor);
    if (cursor !== undefined && from === null) {
      return problem(c, 400, "bad_body", 'expected the "next" of an earlier answer.', "cursor");
    }
    const filter = {
      destination: destination ?? null,
      cause: cause ?? null,
      since: since === undefined ? 0 : Date.parse(since),
    };
    const { retried, skipped, next } = await retryFailures(c.env, filter, from);
    return c.json({
      retried: retried.length,
      skipped,
      items: retried.map((id) => ({ id, result: "retried" })),
      next: next === null ? null : writeRetryCursor(next),
    } satisfies RetriedAnswer);
  })
  .post("/:id/retry", async (c) => {
    const result = await retryDelivery(c.env, c.req.param("id"));
    switch (result) {
      case "retried":
        return c.json({ id: c.req.param("id"), state: "pending" } satisfies RetriedOneAnswer);
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
