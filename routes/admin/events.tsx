import type { Context } from "hono";
import * as z from "zod/mini";
import { EventOutcome, outcomeTag } from "../../src/console/events/event-outcome.tsx";
import { EventPage } from "../../src/console/events/event-page.tsx";
import { EventRow } from "../../src/console/events/event-row.tsx";
import { EventsAsked, eventsAt } from "../../src/console/events/events-asked.ts";
import { EventsPage } from "../../src/console/events/events-page.tsx";
import { NewerEvents, Watch } from "../../src/console/events/newer-events.tsx";
import { NO_NEWS } from "../../src/console/look-again.ts";
import { ReplayPage } from "../../src/console/events/replay-page.tsx";
import { SameSubject } from "../../src/console/events/same-subject.tsx";
import { subjectOfUrl } from "../../src/gitlab/subject-of-url.ts";
import {
  destinationViews,
  testChannels,
} from "../../src/operations/destinations/destination-views.ts";
import { events as listEvents } from "../../src/operations/events/events.ts";
import { findById } from "../../src/operations/events/find-by-id.ts";
import { findEvents } from "../../src/operations/events/find-events.ts";
import { newerEvents } from "../../src/operations/events/newer-events.ts";
import { problems } from "../../src/operations/overview/problems.ts";
import { readSearch } from "../../src/operations/events/read-search.ts";
import { replayEvent, type ReplayRequest } from "../../src/operations/events/replay-event.ts";
import { replayedInWords } from "../../src/operations/events/replayed-in-words.ts";
import { slackNames } from "../../src/operations/slack-names/slack-names.ts";
import type { ShownEvent } from "../../src/relay/show-event.ts";
import type { Simulation } from "../../src/simulation/simulate-event.ts";
import { oneLine } from "../../src/words/one-line.ts";
import { typesInWords } from "../../src/words/type-in-words.ts";
import { storedBody } from "../stored-body.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { isHtmx } from "./is-htmx.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";
import { inAddress } from "../../src/console/in-address.ts";

const Name = z.string().check(z.minLength(1), z.maxLength(500));
const Names = z.catch(
  z.union([
    z.array(Name),
    z.pipe(
      Name,
      z.transform((name) => [name]),
    ),
  ]),
  [],
);
const ReplayForm = z.object({
  how: z.enum(["again", "today", "test"]),
  to: Names,
  delivery: z._default(z.string().check(z.maxLength(500)), ""),
  once: z.catch(z.nullable(z.string().check(z.minLength(1), z.maxLength(100))), null),
});

const A_PAGE = 50;
const OF_THE_SAME = 20;

/** `/admin/events`: what was received, what became of it, and why. */
export const events = createAdmin()
  .get("/events", async (c) => {
    const asked = EventsAsked.parse(c.req.query());
    const search = readSearch(asked.q);
    if (search.kind === "event") {
      const { id, delivery } = search;
      const at = `/admin/events/${id}${delivery === null ? "" : `#${delivery}`}`;
      // A part of the page cannot be another page.
      if (!isHtmx(c)) return c.redirect(at, 303);
      c.header("hx-redirect", at);
      return c.body(null, 200);
    }
    const now = Date.now();
    const [found, destinations] = await Promise.all([
      findEvents(c.env, asked, search, A_PAGE, now),
      destinationViews(c.env),
    ]);
    // Without the fields that were left empty; what is only looked at again is no new page.
    if (c.req.header("hx-trigger") === "events-search") c.header("hx-push-url", eventsAt(asked));
    return await show(
      c,
      {
        title: "Events",
        about: "Everything that GitLab and Slack sent here, and what became of it.",
        place: "events",
        scripts: ["events"],
      },
      <EventsPage
        {...{ asked, now }}
        {...found}
        destinations={destinations.map(({ name }) => name)}
      />,
    );
  })
  .get("/events/newer", async (c) => {
    const asked = EventsAsked.parse(c.req.query());
    const search = readSearch(asked.q);
    if (search.kind === "event") return c.body(null, 204);
    const waiting = (c.req.queries("waiting") ?? []).map((each) => {
      const [id = "", seq] = each.split(" ");
      return { id, seq: whole(seq) };
    });
    const onPage = (c.req.query("shown") ?? "").split(" ").slice(0, A_PAGE).map(whole);
    const before = { looked: whole(c.req.query("looked")), count: whole(c.req.query("count")) };
    const now = Date.now();
    const { looked, count, settled } = await newerEvents(
      c.env,
      asked,
      search,
      before,
      { shown: onPage, waiting },
      now,
    );
    const isNew = count !== before.count || settled.length > 0;
    return await c.html(
      <>
        <Watch {...{ asked, looked, count }} />
        {count === before.count ? null : (
          <div id="newer" hx-swap-oob="innerHTML">
            <NewerEvents {...{ asked, count }} />
          </div>
        )}
        <template>
          {settled.map((event) => (
            <EventRow {...{ event, now }} instead />
          ))}
        </template>
      </>,
      200,
      isNew ? {} : NO_NEWS,
    );
  })
  .get("/events/:id", async (c) => {
    const event = await shown(c);
    if (event === null) return await gone(c);
    const { title, types } = event;
    const what = typesInWords(types);
    const heading = title === null || title === "" ? what : `${what}: ${oneLine(title, 160)}`;
    return await show(
      c,
      { title: heading, place: "events" },
      <EventPage {...await outcomeOf(c, event)} />,
    );
  })
  // Answers once something is not as it was `seen`.
  .get("/events/:id/outcome", async (c) => {
    const event = await shown(c);
    if (event === null) return await gone(c);
    if (c.req.query("seen") === outcomeTag(event)) return c.body(null, 204);
    return await c.html(
      <>
        <EventOutcome {...await outcomeOf(c, event)} />
        <p id="state-said" class="unseen" role="status" hx-swap-oob="innerHTML">
          It is {event.state} now.
        </p>
      </>,
    );
  })
  .get("/events/:id/same", async (c) => {
    const event = await shown(c);
    const about = event?.url == null ? null : subjectOfUrl(event.url);
    if (event === null || about === null) return await gone(c);
    const { items, next } = await listEvents(c.env, { about, limit: OF_THE_SAME });
    const asked = EventsAsked.parse({ q: event.url });
    const all = items.length < OF_THE_SAME && next === null ? null : eventsAt(asked);
    return await c.html(<SameSubject {...{ items, all }} id={event.id} now={Date.now()} />);
  })
  .get("/events/:id/replay", async (c) => {
    const event = await shown(c);
    const found = await findById(c.env, c.req.param("id"));
    if (event === null || found === null) return await gone(c);
    const [json, views] = await Promise.all([
      found.relay.simulate(found.key),
      destinationViews(c.env),
    ]);
    const simulation = json === null ? null : (JSON.parse(json) as Simulation);
    const contents = simulation?.deliveries.map(({ content }) => content) ?? [];
    return await show(
      c,
      {
        title: "Replay",
        about: `${typesInWords(event.types)}${event.title === null ? "" : `: ${oneLine(event.title, 160)}`}`,
        place: "events",
      },
      <ReplayPage
        {...{ event, simulation }}
        channels={testChannels(views, event.confidential)}
        tested={c.req.query("test") ?? null}
        once={crypto.randomUUID()}
        names={slackNames(contents, Date.now())}
        mayChange={isEditor(c)}
      />,
    );
  })
  .post("/events/:id/replay", async (c) => {
    const id = c.req.param("id");
    const form = ReplayForm.safeParse(await c.req.parseBody({ all: true }));
    const request = form.success ? requestOf(form.data, c.get("visitor").name) : null;
    if (request === null) {
      say(c, "bad", "Nothing was sent: no destination was chosen.");
      return c.redirect(`/admin/events/${inAddress(id)}/replay`, 303);
    }
    const replayed = await replayEvent(c.env, id, request, form.data?.once ?? null);
    if (replayed === null) return await gone(c);
    say(c, replayed.deliveries.length > 0 ? "good" : "bad", replayedInWords(request, replayed));
    const tested =
      request.how === "test" ? `?${new URLSearchParams({ test: request.to }).toString()}` : "";
    return c.redirect(`/admin/events/${id}${tested}`, 303);
  })
  .get("/events/:id/body", async (c) => {
    if (!isEditor(c)) {
      return c.text("Only an editor may see a body with nothing left out.", 403);
    }
    const found = await findById(c.env, c.req.param("id"));
    const body = found === null ? null : await found.relay.body(found.key);
    if (body === null) return await gone(c);
    return storedBody(c, body);
  });

async function shown(c: Context<AdminEnv>): Promise<ShownEvent | null> {
  const found = await findById(c.env, c.req.param("id") ?? "");
  const json = found === null ? null : await found.relay.show(found.key);
  return json === null ? null : (JSON.parse(json) as ShownEvent);
}

async function outcomeOf(c: Context<AdminEnv>, event: ShownEvent) {
  const now = Date.now();
  return {
    event,
    problems: await problems(c.env),
    names: slackNames(
      event.deliveries.map(({ content }) => content),
      now,
    ),
    now,
    mayChange: isEditor(c),
    tested: c.req.query("test") ?? null,
  };
}

async function gone(c: Context<AdminEnv>): Promise<Response> {
  if (isHtmx(c)) return await c.html(<p>The event is not stored any more.</p>, 404);
  return await show(
    c,
    { title: "There is no such event", place: "events", status: 404 },
    <p>
      Finished events are deleted after RETENTION_DAYS. <a href="/admin/events">To the events</a>
    </p>,
  );
}

/** What the form asks for; null: it names no destination. */
function requestOf(form: z.infer<typeof ReplayForm>, by: string): ReplayRequest | null {
  const { how, to, delivery } = form;
  const [first] = to;
  if (first === undefined) return null;
  if (how !== "test") return { how, to, by };
  return { how, to: first, delivery: delivery === "" ? null : delivery, by };
}

function whole(text: string | undefined): number {
  return /^\d{1,16}$/.test(text ?? "") ? Number(text) : 0;
}
