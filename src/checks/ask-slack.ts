import type { JsonObject } from "../json.ts";
import { callSlack, type SlackApi, type SlackArguments } from "../slack/call-slack.ts";
import { error, type Busy, type Finding } from "./check.ts";

/** What Slack said when it was asked once, for somebody who looks on. */
export type Said<T> =
  /** `scopes`: those that the app has; null when Slack does not say. */
  | { is: "known"; value: T; scopes: string[] | null }
  /** `ofWorker`: it would say the same of everything else. */
  | { is: "wrong"; finding: Finding; ofWorker: boolean }
  | { is: "busy"; busy: Busy };

/** Rate limits of the Web API count a minute; Slack normally says how much of it is left. */
const PATIENCE_SECONDS = 30;
/** Words that are about what was asked, and not about the app. */
const ABOUT_THE_QUESTION = [
  "channel_not_found",
  "user_not_found",
  "users_not_found",
  "user_not_visible",
];

/** Asks a method of the Web API once. */
export async function askSlack<T>(
  slack: SlackApi,
  method: string,
  given: SlackArguments,
  read: (answer: JsonObject) => T,
): Promise<Said<T>> {
  const called = await callSlack(slack, method, given, read);
  if (called.ok) {
    const scopes = called.scopes.filter((scope) => scope !== "");
    return { is: "known", value: called.value, scopes: scopes.length === 0 ? null : scopes };
  }
  const { answer } = called;
  switch (answer.outcome) {
    case "wait": {
      const retryAfterSeconds = Math.ceil((answer.afterMs ?? PATIENCE_SECONDS * 1000) / 1000);
      return { is: "busy", busy: { busy: true, retryAfterSeconds } };
    }
    case "retry":
      return {
        is: "wrong",
        ofWorker: !called.isSlacks,
        finding: error(
          "slack_silent",
          `Slack did not answer ${method}: ${answer.said}.`,
          "Try again in a minute. https://slack-status.com says whether Slack has trouble.",
        ),
      };
    case "refused":
      return {
        is: "wrong",
        ofWorker: false,
        finding: error(
          "refused",
          `Slack refused ${method}: ${answer.said}.`,
          "Check the id that was asked for.",
        ),
      };
    case "blocked":
      return {
        is: "wrong",
        ofWorker: !ABOUT_THE_QUESTION.includes(answer.code),
        finding: error(answer.code, `Slack refused ${method}: ${answer.said}.`, answer.fix),
      };
  }
}
