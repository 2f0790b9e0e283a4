import { LogLevel, WebAPIPlatformError, WebClient, type Logger } from "@slack/web-api";
import type { Answer, Outgoing } from "./answer.ts";
import { answer, classifyError, retryAfterMs } from "./classify-error.ts";
import { withTimeout } from "./with-timeout.ts";

/**
 * Posts a message to a channel as the bot, and says what Slack's answer means.
 *
 * One client per call: a shared one whose queue is paused by a 429 of one request would hang
 * another. Retrying is the Relay's business, never the client's.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage
 */
export async function sendToChannel(
  channel: string,
  message: Extract<Outgoing, { kind: "message" }>,
  slack: { token: string; apiUrl: string },
): Promise<Answer> {
  let answered: Response | null = null;
  try {
    return await withTimeout(async (signal) => {
      const client = new WebClient(slack.token, {
        slackApiUrl: slack.apiUrl,
        // The client calls fetch as a method and asks for redirect "error": workerd knows neither.
        fetch: async (url: string | URL | Request, init?: RequestInit) => {
          answered = await fetch(url, { ...init, redirect: "manual", signal });
          return answered;
        },
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        allowAbsoluteUrls: false,
        logger: SILENT,
      });
      const posted = await client.chat.postMessage({
        channel,
        text: message.text,
        ...(message.blocks === null ? {} : { blocks: message.blocks as never }),
        unfurl_links: false,
        unfurl_media: false,
      });
      return { outcome: "delivered", ts: posted.ts ?? null, status: 200, said: "ok" };
    });
  } catch (error) {
    return classify(error, answered);
  }
}

function classify(error: unknown, response: Response | null): Answer {
  const status = response?.status ?? null;
  if (error instanceof WebAPIPlatformError) {
    const word = error.data.error;
    const said = sayPlatformError(word, { ...error.data });
    const known = classifyError(word);
    if (known !== null)
      return answer(word, known, status, said, retryAfterMs(response?.headers ?? null));
    return { outcome: "retry", maybePosted: false, status, said };
  }
  if (status === 429) {
    return {
      outcome: "wait",
      afterMs: retryAfterMs(response?.headers ?? null),
      status,
      said: "rate limited",
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const said = message.replace(/https?:\/\/\S+/g, "…").slice(0, 300);
  if (status !== null && status >= 300 && status < 500) {
    return {
      outcome: "blocked",
      cause: "configuration",
      code: "not_slack",
      status,
      said,
      fix: "SLACK_API_URL does not lead to Slack's Web API. It is https://slack.com/api/ unless you test.",
    };
  }
  return { outcome: "retry", maybePosted: true, status, said };
}

/** Slack's word with what it adds: the scope that is missing, or what is wrong with a block. */
function sayPlatformError(word: string, data: Record<string, unknown>): string {
  const details = [
    typeof data["needed"] === "string" ? `needed: ${data["needed"]}` : "",
    ...(Array.isArray(data["errors"]) ? data["errors"].map(String) : []),
  ].filter((detail) => detail !== "");
  return [word, ...details].join("; ").slice(0, 300);
}

const nothing = (): void => undefined;

/** The client logs whole answers; what is worth logging the Relay logs itself. */
const SILENT: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
