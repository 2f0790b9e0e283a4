import type { Context } from "hono";
import { addressNamed } from "../../src/mappings/address.ts";
import { allRelays } from "../../src/relay/all-relays.ts";
import { discardedBy } from "../../src/relay/discarded.ts";
import { presentTexts } from "../../src/relay/present-texts.ts";
import { DIRECTORY } from "../../src/relay/relay-name.ts";
import { http, problem, type AppEnv } from "../http.ts";
import { kvUnreadable } from "./kv-unreadable.ts";
import { namespaceOf } from "./namespace-of.ts";
import { readJson } from "./read-json.ts";

/** Deliveries that one call to a Relay ends: a Relay has other things to do besides. */
const DISCARD_PAGE = 500;

/** What people do to the queue of a destination, in all namespaces at once. */
export const destinations = http
  .createApp()
  .post("/:name/pause", async (c) => {
    const { PauseRequest } = await import("./destination-request.ts");
    const request = await readJson(c, PauseRequest);
    if (!request.ok) return request.answer;
    const { by, why } = request.value;
    const name = c.req.param("name");
    const refusal = await unknown(c, name);
    if (refusal !== null) return refusal;
    const hold = { by, why, since: Date.now() };
    // First the directory: a namespace that registers from now on is told by it.
    await c.env.RELAY.getByName(DIRECTORY).hold(name, hold);
    const relays = await allRelays(c.env);
    await Promise.all(relays.map(({ relay }) => relay.hold(name, hold)));
    return c.json({
      destination: name,
      by,
      why,
      since: new Date(hold.since).toISOString(),
      namespaces: relays.map((each) => namespaceOf(each.name)),
    });
  })
  .post("/:name/resume", async (c) => {
    const { ResumeRequest } = await import("./destination-request.ts");
    const request = await readJson(c, ResumeRequest);
    if (!request.ok) return request.answer;
    const name = c.req.param("name");
    const wasHeld = await c.env.RELAY.getByName(DIRECTORY).hold(name, null);
    const namespaces = await Promise.all(
      (await allRelays(c.env)).map(async ({ name: relay, relay: stub }) => ({
        namespace: namespaceOf(relay),
        result: await stub.release(name),
      })),
    );
    const wasPaused = wasHeld || namespaces.some(({ result }) => result !== "not_paused");
    // What was paused can be resumed, whatever became of its document.
    if (!wasPaused) {
      const refusal = await unknown(c, name);
      if (refusal !== null) return refusal;
    }
    return c.json({ destination: name, by: request.value.by, wasPaused, namespaces });
  })
  .post("/:name/discard", async (c) => {
    const { PauseRequest } = await import("./destination-request.ts");
    const request = await readJson(c, PauseRequest);
    if (!request.ok) return request.answer;
    const { by, why } = request.value;
    const name = c.req.param("name");
    const refusal = await unknown(c, name);
    if (refusal !== null) return refusal;
    const done = await Promise.all(
      (await allRelays(c.env)).map(({ relay }) =>
        relay.discard(name, discardedBy(by, why), DISCARD_PAGE),
      ),
    );
    return c.json({
      destination: name,
      discarded: done.reduce((sum, { discarded }) => sum + discarded, 0),
      more: done.some(({ more }) => more),
    });
  });

/** Refuses what nothing can go to, for a slip of the pen must not seem to have stopped anything; null: it is known. */
async function unknown(c: Context<AppEnv>, name: string): Promise<Response | null> {
  if (addressNamed(name) !== null) return null;
  const key = `destination/${name}`;
  const texts = await presentTexts(c.env, [key]);
  if (texts?.has(key) === true) return null;
  const relays = await allRelays(c.env);
  const waiting = await Promise.all(relays.map(({ relay }) => relay.waiting(name)));
  if (waiting.some((count) => count > 0)) return null;
  if (texts === null) return kvUnreadable(c);
  const message = `There is no destination "${name}": no ${key} is published, and nothing waits for it.`;
  return problem(c, 404, "unknown_destination", message);
}
