import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { http, problem } from "../http.ts";
import { readBody } from "../read-body.ts";
import { badQuery } from "./bad-query.ts";
import { publishAndAnswer } from "./publish-and-answer.ts";

/** As texts it takes several times as much memory, of which a Relay has 128 MB. */
const MAX_BYTES = 8_000_000;

/** Who published what, when and why; and publishing. */
export const publishes = http
  .createApp()
  .get("/", async (c) => {
    const { PublishesQuery } = await import("./page-query.ts");
    const query = PublishesQuery.safeParse(c.req.query());
    if (!query.success) return badQuery(c, query.error.issues[0]);
    const { cursor, limit, key } = query.data;
    const publisher = c.env.RELAY.getByName(PUBLISHER);
    const { items, next } = await publisher.publishes(cursor ?? null, limit, key ?? null);
    return c.json({ items, next });
  })
  .get("/:id", async (c) => {
    const found = await c.env.RELAY.getByName(PUBLISHER).publishInFull(c.req.param("id"));
    if (found === null) return problem(c, 404, "not_found", "There is no such publish.");
    return c.body(found, 200, { "content-type": "application/json" });
  })
  .get("/:id/progress", async (c) => {
    const found = await c.env.RELAY.getByName(PUBLISHER).publishProgress(c.req.param("id"));
    return found === null
      ? problem(c, 404, "not_found", "There is no such publish.")
      : c.json(found);
  })
  .post("/", async (c) => {
    const body = await readBody(c.req.raw, MAX_BYTES);
    if (body === null) {
      return problem(c, 413, "too_large", "A publish has at most 8 MB: publish it in parts.");
    }
    return await publishAndAnswer(c, body, true);
  });
