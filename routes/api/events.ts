import { subjectOfUrl } from "../../src/gitlab/subject-of-url.ts";
import { arrivedAt, seqAt } from "../../src/relay/events.ts";
import { eventId } from "../../src/relay/ids.ts";
import type { ListedEvent } from "../../src/relay/list-events.ts";
import { http, problem } from "../http.ts";
import { badQuery } from "./bad-query.ts";
import { findById, notFound } from "./find-by-id.ts";
import { newestOf } from "./newest-of.ts";
import { relaysOfProject } from "./relays-of-project.ts";

/** What was received, and what became of it. */
export const events = http
  .createApp()
  .get("/", async (c) => {
    const { EventQuery } = await import("./event-query.ts");
    const parsed = EventQuery.safeParse(c.req.query());
    if (!parsed.success) return badQuery(c, parsed.error.issues[0]);
    const { project, type, state, text, about, limit, cursor } = parsed.data;
    const subject = about === undefined ? null : subjectOfUrl(about);
    if (about !== undefined && subject === null) {
      const expected = "expected the address of an issue, work item, epic or merge request.";
      return problem(c, 400, "bad_query", expected, "about");
    }
    const filter = {
      path: project ?? null,
      type: type ?? null,
      state: state ?? null,
      text: text ?? null,
      subject: subject?.subject ?? null,
    };
    const before = cursor === undefined ? seqAt(8e12) : Number(cursor);
    const relays = await relaysOfProject(c.env, subject?.path ?? project);
    const pages = await Promise.all(
      relays.map(async ({ name, relay }) => {
        const { items, next } = await relay.events(filter, before, limit);
        return { name, items, next };
      }),
    );
    const { items, next } = newestOf(pages, limit);
    return c.json({ items: items.map(({ name, item }) => listed(name, item)), next });
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
  // To every destination that today's rules name; with ?to=name, which may be repeated, to these only.
  .post("/:id/replay", async (c) => {
    const only = c.req.queries("to") ?? null;
    const found = await findById(c.env, c.req.param("id"));
    const replayed = found === null ? null : await found.relay.replay(found.key, only);
    return replayed === null ? notFound(c, "event") : c.json(replayed);
  });

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
