import type { Context } from "hono";
import * as z from "zod/mini";
import { AnswerPreview } from "../../src/console/reactions/answer-preview.tsx";
import type { Draft } from "../../src/console/reactions/draft.ts";
import { knownChannelNames } from "../../src/operations/slack-names/channel-names.ts";
import { cellIn } from "../../src/operations/reactions/cell-in.ts";
import { addAnswer, changeAnswer } from "../../src/operations/reactions/change-answer.ts";
import { previewAnswer } from "../../src/operations/reactions/preview-answer.ts";
import type { PlacedAnswer } from "../../src/operations/reactions/reaction-matrix.ts";
import { readReactions } from "../../src/operations/reactions/read-reactions.ts";
import { KEPT_IN_GIT } from "../../src/words/kept-in-git.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { say } from "./say.ts";
import { showCell } from "./show-cell.tsx";
import { Word } from "./word.ts";
import { inAddress } from "../../src/console/in-address.ts";

const word = z._default(Word, "");

/** What a form of a cell says; a browser sends line breaks as CR LF. */
const Form = z.object({
  channel: word,
  on: word,
  /** Empty: a new rule. */
  rule: z._default(z.string(), ""),
  version: word,
  to: word,
  name: word,
  text: z.pipe(
    z._default(z.string(), ""),
    z.transform((text) => text.replaceAll("\r\n", "\n")),
  ),
});

type Form = z.infer<typeof Form>;

/** Changes what is answered, one rule at a time; and what it would look like. */
export const reactionChanges = createAdmin()
  .post("/reactions", async (c) => {
    const form = Form.safeParse(await c.req.parseBody());
    if (!form.success || form.data.on === "") return incomplete(c);
    const { channel, on, rule, version, to, name, text } = form.data;
    const by = c.get("visitor").name;
    const answer =
      rule === ""
        ? await addAnswer(c.env, { channel, on, to, name, text }, by)
        : await changeAnswer(c.env, { channel, on, rule, version, text }, by);
    const { matrix } = await readReactions(c.env);
    const draft = (given: Partial<Draft>): Draft => ({ ...draftOf(form.data), ...given });
    switch (answer.is) {
      case "unchanged":
      case "published": {
        const { cell } = cellIn(matrix, channel, on);
        const changed = cell.answers.find((each) => each.rule === (rule === "" ? name : rule));
        const done =
          answer.is === "published"
            ? [publishedInWords(changed), ...answer.warnings, KEPT_IN_GIT].join(" ")
            : "Nothing has changed, so nothing was published.";
        if (isHtmx(c)) return await showCell(c, matrix, channel, on, null, true, done);
        const isGood = answer.is === "published" && answer.warnings.length === 0;
        say(c, isGood ? "good" : "info", done);
        return c.redirect(`/admin/reactions?channel=${inAddress(channel)}`, 303);
      }
      case "conflict": {
        const { by: whose, at } = answer;
        const problems =
          answer.answer === null ? [`There is no rule “${rule}” here any more.`] : [];
        const theirs = { by: whose, at };
        return await showCell(c, matrix, channel, on, draft({ theirs, problems }), false);
      }
      case "refused":
        return await showCell(c, matrix, channel, on, draft({ problems: answer.why }), false);
    }
  })
  .post("/try/preview-reaction", async (c) => {
    const form = Form.safeParse(await c.req.parseBody());
    if (!form.success || form.data.on === "") return incomplete(c);
    const { channel, on, to, text } = form.data;
    const names = knownChannelNames([channel], Date.now());
    const preview =
      text.trim() === ""
        ? ({ ok: false, problem: "Write what is answered." } as const)
        : await previewAnswer(c.env, {
            channel,
            channelName: names.get(channel) ?? null,
            on,
            to,
            text,
          });
    if (isHtmx(c)) return await c.html(<AnswerPreview preview={preview} to={to} names={names} />);
    const { matrix } = await readReactions(c.env);
    return await showCell(c, matrix, channel, on, { ...draftOf(form.data), preview }, false);
  });

function publishedInWords(answer: PlacedAnswer | undefined): string {
  if (answer?.enabled === false)
    return "Published. The rule is switched off, so nobody is answered.";
  if (answer?.shadow === true)
    return "Published. The rule is in shadow mode, so nobody is answered.";
  return "Published, and in use from now on.";
}

function draftOf({ rule, text, to, name }: Form): Draft {
  const said = { problems: [], theirs: null, preview: null };
  return { rule: rule === "" ? null : rule, text, to, name, ...said };
}

function incomplete(c: Context<AdminEnv>): Response {
  say(c, "bad", "Nothing was published: the form was not complete. Try it again from this page.");
  return c.redirect("/admin/reactions", 303);
}
