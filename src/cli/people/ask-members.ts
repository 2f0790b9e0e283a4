import { MAX_QUESTIONS, type MemberAnswer } from "../../checks/people-in-slack.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { patience } from "../worker/when-slack-lets.ts";

type Page = { items: MemberAnswer[]; retryAfterSeconds: number | null };

/** What Slack says of member ids and e-mail addresses, through the Worker; e-mail addresses in lower case. */
export async function askMembers(
  context: Context,
  api: AdminApi,
  given: { ids: string[]; emails: string[] },
): Promise<Map<string, MemberAnswer>> {
  const ids = [...new Set(given.ids)];
  const emails = [...new Set(given.emails.map((email) => email.toLowerCase()))];
  const answers = new Map<string, MemberAnswer>();
  await withProgress(context.terminal, "Asking Slack", ids.length + emails.length, async (at) => {
    for await (const answer of answersTo(context, api, "check", "slack", ids)) {
      answers.set(answer.asked, answer);
      at(answers.size);
    }
    for await (const answer of answersTo(context, api, "lookup", "emails", emails)) {
      answers.set(answer.asked, answer);
      at(answers.size);
    }
  });
  return answers;
}

/** The answers in the order of the questions; whoever Slack puts off is asked about again. */
async function* answersTo(
  context: Context,
  api: AdminApi,
  path: string,
  named: "slack" | "emails",
  questions: string[],
): AsyncGenerator<MemberAnswer> {
  let left = questions;
  let waits = 0;
  while (left.length > 0) {
    const body = { [named]: left.slice(0, MAX_QUESTIONS) };
    const page = await api.ask<Page>(`/people/${path}`, { method: "POST", body });
    const answered = page.items.slice(0, MAX_QUESTIONS);
    for (const [index, asked] of left.slice(0, answered.length).entries()) {
      const item = answered[index];
      if (item !== undefined) yield { ...item, asked };
    }
    left = left.slice(answered.length);
    if (answered.length > 0) waits = 0;
    if (page.retryAfterSeconds !== null) {
      await patience(context, page.retryAfterSeconds, waits);
      waits += 1;
    } else if (answered.length === 0) {
      throw new Refusal("not_causeway", `${api.url} answers nothing about people.`);
    }
  }
}
