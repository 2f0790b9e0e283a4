import { object, text, type JsonObject } from "../json.ts";
import type { SlackApi, SlackArguments } from "../slack/call-slack.ts";
import { askSlack } from "./ask-slack.ts";
import type { Finding } from "./check.ts";

/** How somebody stands in Slack. */
type MemberState = "active" | "deactivated" | "bot" | "not_found" | "unknown";

/** What Slack says of a member id or e-mail address (`asked`). `slack` is the member's id. */
export type MemberAnswer = {
  asked: string;
  state: MemberState;
  slack: string | null;
  name: string | null;
  /** What to know about it; null: nothing. */
  why: string | null;
};

/**
 * The answers so far, in the order of the questions; `retryAfterSeconds`: the rest is to be asked for
 * after so long. Or why Slack answers nothing at all.
 */
export type MemberAnswers =
  | { ok: true; items: MemberAnswer[]; retryAfterSeconds: number | null }
  | { ok: false; finding: Finding };

/** One call asks Slack at most so often: the free plan allows a Worker 50 requests at a time. */
export const MAX_QUESTIONS = 50;

/** The Worker answers before whoever asked loses patience. */
const MAX_MS = 15_000;

/** Which members have these e-mail addresses. */
export async function membersByEmail(
  slack: SlackApi,
  emails: string[],
  now: () => number,
): Promise<MemberAnswers> {
  return await members(slack, "users.lookupByEmail", emails, (email) => ({ email }), now);
}

/** Who these members are, and whether they are still there. */
export async function membersById(
  slack: SlackApi,
  ids: string[],
  now: () => number,
): Promise<MemberAnswers> {
  return await members(slack, "users.info", ids, (user) => ({ user }), now);
}

/**
 * One question after the other: Slack allows some fifty a minute.
 *
 * @see https://docs.slack.dev/reference/methods/users.lookupByEmail
 * @see https://docs.slack.dev/reference/methods/users.info
 */
async function members(
  slack: SlackApi,
  method: string,
  questions: string[],
  given: (question: string) => SlackArguments,
  now: () => number,
): Promise<MemberAnswers> {
  const items: MemberAnswer[] = [];
  const until = now() + MAX_MS;
  for (const asked of questions) {
    if (now() >= until) return { ok: true, items, retryAfterSeconds: 0 };
    const said = await askSlack(slack, method, given(asked), (answer) => object(answer["user"]));
    switch (said.is) {
      case "busy":
        return { ok: true, items, retryAfterSeconds: said.busy.retryAfterSeconds };
      case "known":
        items.push(memberIn(asked, said.value));
        break;
      case "wrong":
        if (said.ofWorker) return { ok: false, finding: said.finding };
        items.push(nobody(asked, said.finding));
    }
  }
  return { ok: true, items, retryAfterSeconds: null };
}

function memberIn(asked: string, user: JsonObject): MemberAnswer {
  const member = {
    asked,
    slack: text(user["id"]),
    name: text(object(user["profile"])["display_name"]) ?? text(user["real_name"]),
  };
  if (user["deleted"] === true) {
    return { ...member, state: "deactivated", why: "the account has been deactivated." };
  }
  if (user["is_bot"] === true) {
    return { ...member, state: "bot", why: "it is a bot, and no person." };
  }
  return { ...member, state: "active", why: null };
}

function nobody(asked: string, { code, message }: Finding): MemberAnswer {
  const isGone = ["user_not_found", "users_not_found", "user_not_visible"].includes(code);
  return {
    asked,
    slack: null,
    name: null,
    state: isGone ? "not_found" : "unknown",
    why: isGone ? "Slack knows nobody of this id or address." : message,
  };
}
