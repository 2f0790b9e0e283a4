import { subjectOfUrl } from "../../src/gitlab/subject-of-url.ts";
import { eventItem, events as listEvents } from "../../src/operations/events/events.ts";
import { findById } from "../../src/operations/events/find-by-id.ts";
import { replayEvent } from "../../src/operations/events/replay-event.ts";
import { http, problem } from "../http.ts";
import { storedBody } from "../stored-body.ts";
import { badQuery } from "./bad-query.ts";
import { notFound } from "./not-found.ts";

/** What was received, and what became of it. */
export const events = http
  .createApp()
  .get("/", async (c) => {
    const { EventQuery } = await import("./event-query.ts");
    const parsed = EventQuery.safeParse(c.req.query());
    if (!parsed.success) return badQuery(c, parsed.error.issues[0]);
    const { project, type, state, text, about, destination, since, limit, cursor } = parsed.data;
    const subject = about === undefined ? null : subjectOfUrl(about);
    if (about !== undefined && subject === null) {
      const expected = "expected the address of an issue, work item, epic or merge request.";
      return problem(c, 400, "bad_query", expected, "about");
    }
    const { items, next } = await listEvents(c.env, {
      path: project ?? null,
      type: type ?? null,
      state: state ?? null,
      text: text ?? null,
      destination: destination ?? null,
      about: subject,
      since: since === undefined ? null : Date.parse(since),
      cursor: cursor ?? null,
      limit,
    });
    return c.json({ items: items.map(eventItem), next });
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
    return storedBody(c, body);
  })
  // To every destination that today's rules name; with ?to=name, which may be repeated, to these only.
  .post("/:id/replay", async (c) => {
    const { ReplayQuery } = await import("./replay-query.ts");
    const parsed = ReplayQuery.safeParse({ ...c.req.query(), to: c.req.queries("to") });
    if (!parsed.success) return badQuery(c, parsed.error.issues[0]);
    const { how, to = null, delivery, by } = parsed.data;
    if (how !== "test") {
      const replayed = await replayEvent(c.env, c.req.param("id"), { how, to, by: by ?? null });
      return replayed === null ? notFound(c, "event") : c.json(replayed);
    }
    const [channel, ...more] = to ?? [];
    if (channel === undefined || more.length > 0) {
      return problem(c, 400, "bad_query", "expected one destination, for a test.", "to");
    }
    const replayed = await replayEvent(c.env, c.req.param("id"), {
      how,
      to: channel,
      delivery: delivery ?? null,
      by: by ?? "the admin API",
    });
    return replayed === null ? notFound(c, "event") : c.json(replayed);
  });
