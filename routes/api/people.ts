import type { Context } from "hono";
import type { ZodMiniType } from "zod/mini";
import type { MemberAnswer, MemberAnswers } from "../../src/checks/people-in-slack.ts";
import { readSettings } from "../../src/settings.ts";
import { slackApi, type SlackApi } from "../../src/slack/call-slack.ts";
import { http, problem, type AppEnv } from "../http.ts";
import type { LookupAnswer, PeopleCheckAnswer } from "./openapi/people-answers.ts";
import { readJson } from "./read-json.ts";

/** Asks Slack about people, for whoever keeps `person/…` documents. Nothing of it is kept. */
export const people = http
  .createApp()
  .post("/lookup", async (c) => {
    const { LookupQuestion } = await import("./people-question.ts");
    const { membersByEmail } = await import("../../src/checks/people-in-slack.ts");
    return await answer(
      c,
      LookupQuestion,
      ({ emails }, slack) => membersByEmail(slack, emails, Date.now),
      ({ asked, ...rest }): LookupAnswer["items"][number] => ({ email: asked, ...rest }),
    );
  })
  .post("/check", async (c) => {
    const { CheckQuestion } = await import("./people-question.ts");
    const { membersById } = await import("../../src/checks/people-in-slack.ts");
    return await answer(
      c,
      CheckQuestion,
      ({ slack: ids }, slack) => membersById(slack, ids, Date.now),
      ({ asked, ...rest }): PeopleCheckAnswer["items"][number] => ({ ...rest, slack: asked }),
    );
  });

async function answer<T>(
  c: Context<AppEnv>,
  schema: ZodMiniType<T>,
  ask: (question: T, slack: SlackApi) => Promise<MemberAnswers>,
  show: (item: MemberAnswer) => object,
): Promise<Response> {
  const question = await readJson(c, schema);
  if (!question.ok) return question.answer;
  const slack = slackApi(c.env, readSettings(c.env));
  if (slack === null) {
    const message =
      "SLACK_BOT_TOKEN is not set, so Slack cannot be asked. Set it: npx wrangler secret put SLACK_BOT_TOKEN.";
    return problem(c, 422, "no_token", message);
  }
  const said = await ask(question.value, slack);
  if (!said.ok) {
    const { code, message, fix } = said.finding;
    return problem(c, code === "slack_silent" ? 502 : 422, code, `${message} ${fix}`);
  }
  const { items, retryAfterSeconds } = said;
  return c.json({ items: items.map(show), retryAfterSeconds });
}
