import { addressNamed } from "../../src/mappings/address.ts";
import { allRelays } from "../../src/relay/all-relays.ts";
import { DIRECTORY } from "../../src/relay/relay-name.ts";
import { http, problem } from "../http.ts";
import { namespaceOf } from "./namespace-of.ts";
import { readJson } from "./read-json.ts";

type Bindings = Parameters<typeof allRelays>[0];

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
    if (!(await isKnown(c.env, name))) return unknown(c, name);
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
    await c.env.RELAY.getByName(DIRECTORY).hold(name, null);
    const namespaces = await Promise.all(
      (await allRelays(c.env)).map(async ({ name: relay, relay: stub }) => ({
        namespace: namespaceOf(relay),
        result: await stub.release(name),
      })),
    );
    return c.json({ destination: name, by: request.value.by, namespaces });
  })
  .post("/:name/discard", async (c) => {
    const { PauseRequest } = await import("./destination-request.ts");
    const request = await readJson(c, PauseRequest);
    if (!request.ok) return request.answer;
    const { by, why } = request.value;
    const name = c.req.param("name");
    if (!(await isKnown(c.env, name))) return unknown(c, name);
    const done = await Promise.all(
      (await allRelays(c.env)).map(({ relay }) =>
        relay.discard(name, `discarded by ${by}: ${why}`, DISCARD_PAGE),
      ),
    );
    return c.json({
      destination: name,
      discarded: done.reduce((sum, { discarded }) => sum + discarded, 0),
      more: done.some(({ more }) => more),
    });
  });

/** Whether something may go there: a slip of the pen must not seem to have stopped anything. */
async function isKnown(env: Bindings, name: string): Promise<boolean> {
  if (addressNamed(name) !== null) return true;
  if ((await env.MAPPINGS.get(`destination/${name}`)) !== null) return true;
  const waiting = (await allRelays(env)).map(({ relay }) => relay.waiting(name));
  return (await Promise.all(waiting)).some((count) => count > 0);
}

function unknown(c: Parameters<typeof problem>[0], name: string): Response {
  return problem(
    c,
    404,
    "unknown_destination",
    `There is no destination "${name}": KV has no destination/${name}, and nothing waits for it.`,
  );
}
