import type { MemberAnswer } from "../../checks/people-in-slack.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { patience } from "../worker/when-slack-lets.ts";

const BATCH = 50;

type Page = { items: MemberAnswer[]; retryAfterSeconds: number | null };

/** What Slack says of member ids and e-mail addresses, through the Worker; e-mail addresses in lower case. */
export async function askMembers(
  context: Context,
  api: AdminApi,
  { ids, emails }: { ids: string[]; emails: string[] },
): Promise<Map<string, MemberAnswer>> {
  const all = [...new Set(ids), ...new Set(emails.map((email) => email.toLowerCase()))];
  const answers = new Map<string, MemberAnswer>();
  const progress = context.terminal.progress("Asking Slack", all.length);
  const ask = async (path: string, named: "slack" | "emails", questions: string[]) => {
    let left = [...new Set(questions)];
    while (left.length > 0) {
      const body = { [named]: left.slice(0, BATCH) };
      const page = await api.ask<Page>(`/people/${path}`, { method: "POST", body });
      for (const [index, item] of page.items.entries()) {
        const asked = left[index];
        if (asked !== undefined) answers.set(asked, { ...item, asked });
      }
      if (page.items.length === 0 && page.retryAfterSeconds === null) {
        throw new Refusal("not_causeway", `${api.url} answers nothing about people.`);
      }
      left = left.slice(page.items.length);
      progress.at(answers.size);
      if (page.retryAfterSeconds !== null)
        await patience(context, progress, page.retryAfterSeconds);
    }
  };
  await ask("check", "slack", ids);
  await ask(
    "lookup",
    "emails",
    emails.map((email) => email.toLowerCase()),
  );
  progress.end();
  return answers;
}
