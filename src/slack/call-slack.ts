import { errorInWords } from "../words/error-in-words.ts";
import type { Env } from "../env.ts";
import { isObject, text, type Json, type JsonObject } from "../json.ts";
import type { Settings } from "../settings.ts";
import type { Failure } from "./answer.ts";
import { answer, classifyError, retryAfterMs } from "./classify-error.ts";
import { readStart } from "./read-start.ts";
import { withTimeout } from "./with-timeout.ts";

/** Where Slack's Web API is (with a slash at its end), and the bot token that opens it. */
export type SlackApi = { token: string; apiUrl: string };

/** Slack's Web API as the settings have it; null without a bot token. */
export function slackApi(env: Env, { slackApiUrl }: Settings): SlackApi | null {
  const token = env.SLACK_BOT_TOKEN?.trim();
  const apiUrl = slackApiUrl.endsWith("/") ? slackApiUrl : `${slackApiUrl}/`;
  return token ? { token, apiUrl } : null;
}

/** What a method is given; what is undefined is not sent. */
export type SlackArguments = Record<string, string | number | boolean | object | undefined>;

/**
 * What a method answered, and the scopes that the app has as far as Slack said; or why it did not, as a
 * decision for the queue.
 */
export type Called<T> =
  | { ok: true; value: T; scopes: string[] }
  /** `isSlacks`: whether Slack itself said so; else nobody, or something between us and Slack. */
  | { ok: false; answer: Failure; isSlacks: boolean };

/** Longer than the two messages or the members of a user group that Slack is asked for. */
const MAX_ANSWER_CHARACTERS = 4_000_000;

/**
 * Calls a method of Slack's Web API once, with a form, which all methods take (some take no JSON);
 * `read` gets an answer that Slack calls ok. Trying again is the Relay's business.
 *
 * @see https://docs.slack.dev/apis/web-api
 */
export async function callSlack<T>(
  { token, apiUrl }: SlackApi,
  method: string,
  given: SlackArguments,
  read: (answer: JsonObject) => T,
): Promise<Called<T>> {
  let status: number | null = null;
  try {
    return await withTimeout(async (signal) => {
      const response = await fetch(apiUrl + method, {
        method: "POST",
        headers: { accept: "application/json", authorization: `Bearer ${token}` },
        body: formOf(given),
        redirect: "manual",
        signal,
      });
      ({ status } = response);
      if (status !== 200) {
        await leaveUnread(response);
        return { ok: false, answer: failureOfStatus(response), isSlacks: false };
      }
      // What stands between us and Slack may quote the request.
      const body = (await readStart(response, MAX_ANSWER_CHARACTERS)).replaceAll(token, "…");
      const said = parsed(body);
      if (isObject(said) && said["ok"] === true) {
        return { ok: true, value: read(said), scopes: scopesIn(response) };
      }
      return isObject(said) && said["ok"] === false
        ? { ok: false, answer: failureOfWords(said, response), isSlacks: true }
        : { ok: false, answer: notSlacks(body, response.status), isSlacks: false };
    });
  } catch (error) {
    const message = errorInWords(error);
    const said = withoutAddresses(message.replaceAll(token, "…"));
    // It may have arrived before the connection or our patience ended.
    return {
      ok: false,
      answer: { outcome: "retry", maybePosted: true, status, said },
      isSlacks: false,
    };
  }
}

/** Objects and lists go into a form as JSON. */
function formOf(given: SlackArguments): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    form.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  return form;
}

function parsed(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}

/** What is neither read nor left would hold the connection. */
async function leaveUnread({ body }: Response): Promise<void> {
  try {
    await body?.cancel();
  } catch {
    // It has broken off by itself.
  }
}

/** @see https://docs.slack.dev/authentication/installing-with-oauth (x-oauth-scopes) */
function scopesIn({ headers }: Response): string[] {
  return (headers.get("x-oauth-scopes") ?? "").split(",").map((scope) => scope.trim());
}

/** Slack says everything with 200, but for 429 and for what fails before it is Slack. */
function failureOfStatus({ status, headers }: Response): Failure {
  if (status === 429) {
    return { outcome: "wait", afterMs: retryAfterMs(headers), status, said: "rate limited" };
  }
  const said = `HTTP ${status}`;
  if (status < 300 || status >= 500) return { outcome: "retry", maybePosted: true, status, said };
  return {
    outcome: "blocked",
    cause: "configuration",
    code: "not_slack",
    status,
    said,
    fix: "SLACK_API_URL does not lead to Slack's Web API. It is https://slack.com/api/ unless you test.",
  };
}

/** It is cut, or something else's: nobody knows what was done. */
function notSlacks(body: string, status: number): Failure {
  const said = withoutAddresses(`not an answer of Slack's: ${body.trim() || "nothing"}`);
  return { outcome: "retry", maybePosted: true, status, said };
}

function failureOfWords(said: JsonObject, { status, headers }: Response): Failure {
  const word = text(said["error"]) ?? "no reason given";
  const words = sayWords(word, said);
  const known = classifyError(word);
  if (known === null) return { outcome: "retry", maybePosted: false, status, said: words };
  const decided = answer(word, known, status, words, retryAfterMs(headers));
  const needed = text(said["needed"]);
  return decided.outcome === "blocked" && word === "missing_scope" && needed !== null
    ? { ...decided, ...missingScope(needed) }
    : decided;
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
function sayWords(word: string, { needed, errors }: JsonObject): string {
  const details = [
    ...(text(needed) === null ? [] : [`needed: ${text(needed)}`]),
    ...(Array.isArray(errors) ? errors.flatMap((each) => text(each) ?? []) : []),
  ];
  return [word, ...details].join("; ").slice(0, MAX_SAID_CHARACTERS);
}

const MAX_SAID_CHARACTERS = 300;

function withoutAddresses(said: string): string {
  return said.replace(/https?:\/\/\S+/g, "…").slice(0, MAX_SAID_CHARACTERS);
}
