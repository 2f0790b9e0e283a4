import type { Context } from "hono";
import * as z from "zod/mini";
import { backTo } from "../../src/console/back-to.ts";
import { FAILED, runHref } from "../../src/console/failed/failed-href.ts";
import { FailedPage } from "../../src/console/failed/failed-page.tsx";
import { FailedList } from "../../src/console/failed/failed-list.tsx";
import {
  RetryNews,
  RetryProgress,
  RetryStep,
  runTag,
  type RunProps,
} from "../../src/console/failed/retry-progress.tsx";
import { channelsNamed } from "../../src/operations/slack-names/channels-named.ts";
import { channelsOf } from "../../src/operations/slack-names/channels-of.ts";
import { failureCauses } from "../../src/operations/failures/failure-causes.ts";
import { failuresEverywhere } from "../../src/operations/failures/failures-everywhere.ts";
import { failuresOfCause } from "../../src/operations/failures/failures-of-cause.ts";
import { readRetryCursor, writeRetryCursor } from "../../src/operations/failures/retry-cursor.ts";
import { retriedInWords } from "../../src/operations/failures/retried-in-words.ts";
import { retryDelivery } from "../../src/operations/failures/retry-delivery.ts";
import { beginRetrying, goOnRetrying, retryRun } from "../../src/operations/failures/retry-run.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { isHtmx } from "./is-htmx.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const Text = z.optional(z.string().check(z.maxLength(500)));
const RetryForm = z.object({ id: Text, destination: Text, cause: Text, back: Text });
const Listed = z.object({
  destination: z.catch(z.string().check(z.maxLength(500)), ""),
  cause: z.catch(z.string().check(z.maxLength(200)), ""),
  cursor: z.catch(z.optional(z.string().check(z.maxLength(2_000))), undefined),
});
/** What a page of a retry says and shows already. */
const Looked = z.object({ said: z.catch(z.string(), ""), seen: z.catch(z.string(), "") });
const CHANNEL = /^[CDG][A-Z0-9]{2,}$/;

/** `/admin/failed`: what failed or is paused, by cause, and what sends it again. */
export const failed = createAdmin()
  .get("/failed", async (c) => {
    const now = Date.now();
    const { groups, complete } = await failuresEverywhere(c.env);
    const stuck = groups.flatMap(({ destination }) => destination ?? []);
    const channels = await channelsOf(c.env, [...new Set(stuck)]);
    const ids = [...new Set(channels.values())].filter((id) => CHANNEL.test(id));
    return await show(
      c,
      {
        title: "Failed",
        about: "What could not be sent, by cause, with what a person does about it.",
        place: "failed",
      },
      <FailedPage
        causes={failureCauses(groups)}
        complete={complete}
        channels={channels}
        {...channelsNamed(c.env, ids, now)}
        mayChange={isEditor(c)}
        now={now}
      />,
    );
  })
  .get("/failed/list", async (c) => {
    const { cursor, ...which } = Listed.parse(c.req.query());
    const from = cursor === undefined ? null : readRetryCursor(cursor);
    const { items, next } = await failuresOfCause(c.env, which, from);
    const list = (
      <FailedList
        which={which}
        items={items}
        next={next === null ? null : writeRetryCursor(next)}
        mayChange={isEditor(c)}
        now={Date.now()}
      />
    );
    if (isHtmx(c)) return await c.html(list);
    return await show(
      c,
      { title: "Failed, one by one", place: "failed" },
      <div class="stack">
        {list}
        <p>
          <a href={FAILED}>To all that failed</a>
        </p>
      </div>,
    );
  })
  .post("/failed/retry", async (c) => {
    const form = RetryForm.safeParse(await c.req.parseBody());
    if (!form.success) return refuse(c, "The form had something in it that is too long.");
    const { id, destination = null, cause = null, back } = form.data;
    if (id !== undefined) {
      const result = await retryDelivery(c.env, id);
      say(c, result === "retried" ? "good" : "bad", retriedInWords(result));
      return c.redirect(backTo(back), 303);
    }
    const filter = { destination, cause, since: 0 };
    const by = c.get("visitor").name;
    const run = await beginRetrying(c.env, { by, filter, now: Date.now() });
    return c.redirect(runHref(run), 303);
  })
  .get("/failed/retries/:run", async (c) => await showRun(c, c.req.query("stopped") !== undefined))
  .post("/failed/retries/:run", async (c) => {
    const run = c.req.param("run");
    await goOnRetrying(c.env, run);
    return isHtmx(c) ? await showRun(c, false) : c.redirect(runHref(run), 303);
  });

async function showRun(
  c: Context<AdminEnv, "/failed/retries/:run">,
  stopped: boolean,
): Promise<Response> {
  const run = c.req.param("run");
  const found = await retryRun(c.env, run);
  if (found === null) {
    return refuse(
      c,
      "There is no such retry; they are remembered for a day. What is left is here.",
    );
  }
  const props: RunProps = { run, ...found, stopped, mayChange: isEditor(c), now: Date.now() };
  if (isHtmx(c)) {
    const { said, seen } = Looked.parse({ ...c.req.query(), ...(await c.req.parseBody()) });
    if (c.req.method === "GET" && seen === runTag(props)) return c.body(null, 204);
    return await c.html(
      <>
        <RetryStep {...props} />
        <RetryNews {...props} said={said} />
      </>,
    );
  }
  return await show(
    c,
    { title: "Sending again", about: "What failed is put back into its queues.", place: "failed" },
    <RetryProgress {...props} />,
  );
}

function refuse(c: Context<AdminEnv>, text: string): Response {
  say(c, "bad", text);
  if (!isHtmx(c)) return c.redirect(FAILED, 303);
  c.header("hx-redirect", FAILED);
  return c.text(text, 404);
}
