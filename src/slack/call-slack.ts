import { LogLevel, WebAPIPlatformError, WebClient, type Logger } from "@slack/web-api";
import type { Env } from "../env.ts";
import type { Settings } from "../settings.ts";
import type { Failure } from "./answer.ts";
import { answer, classifyError, retryAfterMs } from "./classify-error.ts";
import { withTimeout } from "./with-timeout.ts";

/** Where Slack's Web API is, and the bot token that opens it. */
export type SlackApi = { token: string; apiUrl: string };

/** Slack's Web API as the settings have it; null without a bot token. */
export function slackApi(env: Env, { slackApiUrl }: Settings): SlackApi | null {
  const token = env.SLACK_BOT_TOKEN?.trim();
  return token ? { token, apiUrl: slackApiUrl } : null;
}

/**
 * What a method answered, and the scopes that the app has as far as Slack said; or why it did not, as a
 * decision for the queue.
 */
export type Called<T> = { ok: true; value: T; scopes: string[] } | { ok: false; answer: Failure };

/**
 * Calls a method of Slack's Web API once.
 *
 * One client per call: a shared one whose queue is paused by a 429 of one request would hang
 * another. Retrying is the Relay's business, never the client's.
 */
export async function callSlack<T>(
  slack: SlackApi,
  call: (client: WebClient) => Promise<T>,
): Promise<Called<T>> {
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
      const value = await call(client);
      return { ok: true, value, scopes: scopesIn(answered) };
    });
  } catch (error) {
    return { ok: false, answer: classify(error, answered) };
  }
}

/** @see https://docs.slack.dev/authentication/installing-with-oauth (x-oauth-scopes) */
function scopesIn(response: Response | null): string[] {
  return (response?.headers.get("x-oauth-scopes") ?? "").split(",").map((scope) => scope.trim());
}

function classify(error: unknown, response: Response | null): Failure {
  const status = response?.status ?? null;
  if (error instanceof WebAPIPlatformError) {
    const word = error.data.error;
    const said = sayPlatformError(word, { ...error.data });
    const known = classifyError(word);
    if (known === null) return { outcome: "retry", maybePosted: false, status, said };
    const decided = answer(word, known, status, said, retryAfterMs(response?.headers ?? null));
    const { needed } = error.data as { needed?: unknown };
    return decided.outcome === "blocked" && word === "missing_scope" && typeof needed === "string"
      ? { ...decided, ...missingScope(needed) }
      : decided;
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

/** The scope that Slack asks for (one of several, with commas between), and what to do about it. */
function missingScope(needed: string): { scope: string; fix: string } {
  const scope = needed.slice(0, 200);
  return {
    scope,
    fix: `The Slack app lacks the scope ${scope.replaceAll(",", " or ")}. Paste slack-app-manifest.yaml into the app's settings and install it again.`,
  };
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
