import type { Context } from "hono";
import { MAX_REASON } from "../../src/operations/destinations/max-reason.ts";
import { backTo } from "../../src/console/back-to.ts";
import { WhyForm } from "../../src/console/failed/why-form.tsx";
import type { Said } from "../../src/console/notice.tsx";
import { discardWaiting } from "../../src/operations/destinations/discard-waiting.ts";
import {
  isKnownDestination,
  type NotKnown,
} from "../../src/operations/destinations/is-known-destination.ts";
import { pauseDestination } from "../../src/operations/destinations/pause-destination.ts";
import { resumeDestination } from "../../src/operations/destinations/resume-destination.ts";
import { resumedInWords } from "../../src/operations/destinations/resumed-in-words.ts";
import { waitingFor } from "../../src/operations/destinations/waiting-for.ts";
import { counted } from "../../src/words/counted.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";
import { inAddress } from "../../src/console/in-address.ts";

/** Pages of what waits that one press gives up: the rest is for the next. */
const MAX_PAGES = 20;

type Asked = Context<AdminEnv, "/destinations/:name/pause">;

/** What people do to the queue of a destination, in all namespaces at once. */
export const destinationChanges = createAdmin()
  .get("/destinations/:name/pause", async (c) => await askPause(c, backTo(c.req.query("back"))))
  .post("/destinations/:name/pause", async (c) => {
    const name = c.req.param("name");
    const { why, back } = await formOf(c);
    const problem = problemOf(why);
    if (problem !== null) return await askPause(c, back, why, problem);
    const by = c.get("visitor").name;
    const done = await pauseDestination(c.env, name, { by, why, since: Date.now() });
    if (!done.ok) return notKnown(c, name, done, back);
    say(
      c,
      "good",
      `${name} is paused. What is to go there waits, in order, until somebody resumes it.`,
    );
    return c.redirect(back, 303);
  })
  .post("/destinations/:name/resume", async (c) => {
    const name = c.req.param("name");
    const { back } = await formOf(c);
    const done = await resumeDestination(c.env, name);
    if (!done.ok) return notKnown(c, name, done, back);
    const results = done.relays.map(({ result }) => result);
    say(c, done.wasPaused ? "good" : "info", resumedInWords(name, done.wasPaused, results));
    return c.redirect(back, 303);
  })
  .get("/destinations/:name/discard", async (c) => await askDiscard(c, backTo(c.req.query("back"))))
  .post("/destinations/:name/discard", async (c) => {
    const name = c.req.param("name");
    const { why, back } = await formOf(c);
    const problem = problemOf(why);
    if (problem !== null) return await askDiscard(c, back, why, problem);
    const by = c.get("visitor").name;
    let discarded = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const done = await discardWaiting(c.env, name, { by, why });
      if (!done.ok) return notKnown(c, name, done, back);
      discarded += done.discarded;
      if (done.more) continue;
      const given = counted(discarded, "message");
      say(
        c,
        "good",
        discarded === 0 ? `Nothing waits for ${name}.` : `${given} to ${name} given up.`,
      );
      return c.redirect(back, 303);
    }
    const notice = {
      kind: "info",
      text: `${discarded} were given up so far, and more wait.`,
    } as const;
    return await askDiscard(c, back, why, null, notice);
  });

async function askPause(
  c: Asked,
  back: string,
  why = "",
  problem: string | null = null,
): Promise<Response> {
  const name = c.req.param("name");
  const known = await isKnownDestination(c.env, name);
  if (known !== "known") return await unknown(c, name, known, back);
  const action = `/admin/destinations/${inAddress(name)}/pause`;
  return await show(
    c,
    { title: `Pause ${name}?`, place: "destinations", ...bad(problem) },
    <WhyForm {...{ action, back, why, problem }} mayChange={isEditor(c)} button={`Pause ${name}`}>
      <p>
        Nothing is sent there, from anywhere, until somebody resumes it. What is to go there waits,
        in order, and nothing is lost.
      </p>
    </WhyForm>,
  );
}

async function askDiscard(
  c: Context<AdminEnv, "/destinations/:name/discard">,
  back: string,
  why = "",
  problem: string | null = null,
  notice: Said | null = null,
): Promise<Response> {
  const name = c.req.param("name");
  const count = await waitingFor(c.env, name);
  const page = { title: `Give up what waits for ${name}?`, place: "destinations" } as const;
  if (count === 0) {
    const known = await isKnownDestination(c.env, name);
    if (known !== "known") return await unknown(c, name, known, back);
    return await show(
      c,
      page,
      <section class="card">
        <p>Nothing waits for {name}: there is nothing to give up.</p>
        <p>
          <a href={back}>Back</a>
        </p>
      </section>,
    );
  }
  const action = `/admin/destinations/${inAddress(name)}/discard`;
  return await show(
    c,
    { ...page, ...(notice === null ? bad(problem) : { said: notice }) },
    <WhyForm
      {...{ action, back, why, problem }}
      mayChange={isEditor(c)}
      button={`Give up ${counted(count, "message")}`}
      grave
    >
      <p>
        <b>This cannot be undone.</b> {counted(count, "message waits", "messages wait")} for {name},
        and none of them will be sent. Each ends as “filtered”, with your name and why. Its event
        can still be replayed, each on its own page.
      </p>
      <p class="soft">
        Nothing else changes: later events go there as before. Take the destination out of the rules
        first, if nothing is to go there any more.
      </p>
    </WhyForm>,
  );
}

function bad(problem: string | null): { status?: 400 } {
  return problem === null ? {} : { status: 400 };
}

function problemOf(why: string): string | null {
  if (why === "") return "Say why: it stands with each message, and others will ask.";
  return why.length > MAX_REASON ? `Say it in at most ${MAX_REASON} characters.` : null;
}

async function formOf(c: Context<AdminEnv>): Promise<{ why: string; back: string }> {
  const { why, back } = await c.req.parseBody();
  return {
    why: typeof why === "string" ? why.trim() : "",
    back: backTo(typeof back === "string" ? back : undefined),
  };
}

function notKnown(c: Context<AdminEnv>, name: string, { why }: NotKnown, back: string): Response {
  say(c, "bad", notKnownInWords(name, why));
  return c.redirect(back, 303);
}

/** There is nothing to ask about. */
async function unknown(
  c: Context<AdminEnv>,
  name: string,
  why: NotKnown["why"],
  back: string,
): Promise<Response> {
  const status = why === "unknown" ? 404 : 503;
  const title = why === "unknown" ? "There is no such destination" : `Destination ${name}`;
  return await show(
    c,
    { title, place: "destinations", status },
    <section class="card">
      <p>{notKnownInWords(name, why)}</p>
      <p>
        <a href={back}>Back</a>
      </p>
    </section>,
  );
}

function notKnownInWords(name: string, why: NotKnown["why"]): string {
  switch (why) {
    case "unknown":
      return `There is no destination "${name}": no destination/${name} is published, and nothing waits for it.`;
    case "unreadable":
      return "KV could not be read. Nothing was changed; try again.";
  }
}
