import type { Context } from "hono";
import * as z from "zod/mini";
import { HistoryList } from "../../src/console/history/history-list.tsx";
import { PublishShown } from "../../src/console/history/publish-shown.tsx";
import { RollbackChoice } from "../../src/console/history/rollback-choice.tsx";
import { Spread, spreadTag } from "../../src/console/history/spread.tsx";
import { errorsLeft } from "../../src/operations/publishing/errors-left.ts";
import { restorationOf } from "../../src/operations/publishing/restoration-of.ts";
import { publishDocuments } from "../../src/operations/publishing/publish-documents.ts";
import { publishPage } from "../../src/operations/publishing/publish-page.ts";
import { whatOf } from "../../src/publishing/publish-in-words.ts";
import { MAX_WHY } from "../../src/publishing/publish.ts";
import { PUBLISHER } from "../../src/relay/relay-name.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { say } from "./say.ts";
import { show } from "./show.tsx";

const PUBLISHES_A_PAGE = 50;
const DOCUMENTS_A_PAGE = 20;
/** Only the documents of so small a publish are looked at for errors: that is quick. */
const CHECKED = 3;

const text = z.catch(z.string(), "");
const Rollback = z.object({ print: text, why: text, over: text });

/** `/admin/history`: who published what, when and why; and going back to before it. */
export const history = createAdmin()
  .get("/history", async (c) => {
    const { key = "", cursor = "" } = c.req.query();
    const documentKey = key.trim() === "" ? null : key.trim();
    const publisher = c.env.RELAY.getByName(PUBLISHER);
    const before = cursor === "" ? null : cursor;
    const { items, next } = await publisher.publishes(before, PUBLISHES_A_PAGE, documentKey, true);
    const query = { ...(documentKey === null ? {} : { key: documentKey }), cursor: next ?? "" };
    return await show(
      c,
      {
        title: "History",
        about: "Who published what, when and why; edits past Causeway are in it too.",
        place: "history",
      },
      <HistoryList
        {...{ items, documentKey }}
        older={next === null ? null : `/admin/history?${new URLSearchParams(query).toString()}`}
        now={Date.now()}
      />,
    );
  })
  .get("/history/:id", async (c) => {
    const id = c.req.param("id");
    const after = c.req.query("after") ?? null;
    const page = await publishPage(c.env, id, after, DOCUMENTS_A_PAGE);
    if (page === null) return await c.notFound();
    const { publish, changes, next } = page;
    const left = publish.total <= CHECKED ? await errorsLeft(c.env, changes) : [];
    const more = next === null ? null : new URLSearchParams({ after: next }).toString();
    return await show(
      c,
      { title: `Published: ${whatOf(publish)}`, about: id, place: "history" },
      <PublishShown
        {...{ publish, changes, left }}
        more={more === null ? null : `/admin/history/${id}?${more}`}
        mayChange={isEditor(c)}
        now={Date.now()}
      />,
    );
  })
  .get("/history/:id/spread", async (c) => {
    const publish = await c.env.RELAY.getByName(PUBLISHER).publishProgress(c.req.param("id"));
    if (publish === null) return await c.notFound();
    if (c.req.query("seen") === spreadTag(publish)) return c.body(null, 204);
    return await c.html(<Spread publish={publish} />);
  })
  .get("/history/:id/rollback", async (c) => await rollbackPage(c, c.req.param("id"), null))
  .post("/history/:id/rollback", async (c) => {
    const id = c.req.param("id");
    const { print, why, over } = Rollback.parse(await c.req.parseBody());
    const found = await restorationOf(c.env, id);
    if (found === null) return await c.notFound();
    if ("problem" in found) return await rollbackPage(c, id, found.problem);
    const { steps, changedSince } = found;
    if (found.print !== print) {
      const said = "Nothing was put back: it was changed meanwhile. This is how it is now.";
      return await rollbackPage(c, id, said);
    }
    if (changedSince.length > 0 && over === "") {
      return await rollbackPage(c, id, "Nothing was put back: some of it was changed again since.");
    }
    if (steps.length === 0) return await rollbackPage(c, id, null);
    const answer = await publishDocuments(c.env, {
      by: c.get("visitor").name,
      why: why.slice(0, MAX_WHY),
      via: "console",
      restores: id,
      changes: steps.map(({ key, after, ifMatch }) => ({ key, text: after, ifMatch })),
    });
    switch (answer.status) {
      case "published":
        say(c, "good", `Rolled back: it is as it was before ${id}.`);
        return c.redirect(`/admin/history/${answer.publish.id}`, 303);
      case "conflict": {
        const said = "Nothing was put back: it was changed meanwhile. This is how it is now.";
        return await rollbackPage(c, id, said);
      }
      case "invalid": {
        const [first] = answer.problems;
        const said = `Nothing was put back: what was there before cannot be used any more. ${first?.key ?? ""}: ${first?.message ?? ""}`;
        return await rollbackPage(c, id, said);
      }
      case "bad_request":
      case "too_large":
      case "kv_unreadable":
        return await rollbackPage(c, id, answer.message);
    }
  });

/** What going back would do; with a problem: why it was not done. */
async function rollbackPage(
  c: Context<AdminEnv>,
  id: string,
  problem: string | null,
): Promise<Response> {
  const found = await restorationOf(c.env, id);
  if (found === null) return await c.notFound();
  const isUnknown = "problem" in found;
  const text = isUnknown ? found.problem : problem;
  return await show(
    c,
    {
      title: isUnknown ? `Roll back ${id}?` : `Roll back ${whatOf(found.publish)}?`,
      about: `To what it was before the publish ${id}.`,
      place: "history",
      ...(text === null
        ? {}
        : {
            said: { kind: "bad" as const, text },
            status: isUnknown ? (503 as const) : (409 as const),
          }),
    },
    isUnknown ? (
      <p>
        <a href={`/admin/history/${id}`}>Back</a>
      </p>
    ) : (
      <RollbackChoice restoration={found} mayChange={isEditor(c)} now={Date.now()} />
    ),
  );
}
