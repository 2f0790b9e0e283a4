import { discardWaiting } from "../../src/operations/destinations/discard-waiting.ts";
import type { NotKnown } from "../../src/operations/destinations/is-known-destination.ts";
import { pauseDestination } from "../../src/operations/destinations/pause-destination.ts";
import { resumeDestination } from "../../src/operations/destinations/resume-destination.ts";
import { http, problem } from "../http.ts";
import { kvUnreadable } from "./kv-unreadable.ts";
import type {
  DiscardedAnswer,
  PausedAnswer,
  ResumedAnswer,
} from "./openapi/destination-answers.ts";
import { namespaceOf } from "../../src/relay/namespace-of.ts";
import { readJson } from "./read-json.ts";

/** What people do to the queue of a destination, in all namespaces at once. */
export const destinations = http
  .createApp()
  .post("/:name/pause", async (c) => {
    const { PauseRequest } = await import("./destination-request.ts");
    const request = await readJson(c, PauseRequest);
    if (!request.ok) return request.answer;
    const { by, why } = request.value;
    const name = c.req.param("name");
    const since = Date.now();
    const done = await pauseDestination(c.env, name, { by, why, since });
    if (!done.ok) return notKnown(c, name, done);
    return c.json({
      destination: name,
      by,
      why,
      since: new Date(since).toISOString(),
      namespaces: done.relays.map(namespaceOf),
    } satisfies PausedAnswer);
  })
  .post("/:name/resume", async (c) => {
    const { ResumeRequest } = await import("./destination-request.ts");
    const request = await readJson(c, ResumeRequest);
    if (!request.ok) return request.answer;
    const name = c.req.param("name");
    const done = await resumeDestination(c.env, name);
    if (!done.ok) return notKnown(c, name, done);
    return c.json({
      destination: name,
      by: request.value.by,
      wasPaused: done.wasPaused,
      namespaces: done.relays.map(({ relay, result }) => ({
        namespace: namespaceOf(relay),
        result,
      })),
    } satisfies ResumedAnswer);
  })
  .post("/:name/discard", async (c) => {
    const { PauseRequest } = await import("./destination-request.ts");
    const request = await readJson(c, PauseRequest);
    if (!request.ok) return request.answer;
    const name = c.req.param("name");
    const done = await discardWaiting(c.env, name, request.value);
    if (!done.ok) return notKnown(c, name, done);
    return c.json({
      destination: name,
      discarded: done.discarded,
      more: done.more,
    } satisfies DiscardedAnswer);
  });

function notKnown(c: Parameters<typeof problem>[0], name: string, { why }: NotKnown): Response {
  switch (why) {
    case "unreadable":
      return kvUnreadable(c);
    case "unknown":
      return problem(
        c,
        404,
        "unknown_destination",
        `There is no destination "${name}": no destination/${name} is published, and nothing waits for it.`,
      );
  }
}
