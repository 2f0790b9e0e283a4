import { createHmac, randomBytes } from "node:crypto";

import { BOT, TEAM } from "./support-team.ts";
import type { Workspace } from "./workspace.ts";

/** The app that the workspace tells what people do. */
export type SlackApp = {
  /** Where the app's endpoints are, such as "http://127.0.0.1:8787". */
  origin: string;
  signingSecret: string;
  /** How requests reach the app; `fetch` by default (tests pass the Worker's own fetch). */
  send?: (request: Request) => Promise<Response>;
  /** Waits before Slack's three retries, in ms; default [0, 60_000, 300_000]. */
  retryAfterMs?: readonly number[];
};

/**
 * Each resolves with the app's last answer, null when there is no app. Where the app did not answer at all that is a 504
 * whose text is Slack's word for it. None of them rejects.
 */
export type AppRequests = {
  event: (event: Record<string, unknown>) => Promise<Response | null>;
  interaction: (payload: Record<string, unknown>) => Promise<Response | null>;
  command: (fields: Record<string, string>) => Promise<Response | null>;
};

/** The fields by which every request names the app; the token is the legacy one that nobody should check. */
export const SENDER = { token: "stand-in-verification-token", api_app_id: BOT.appId } as const;

/** "Using the Events API": three retries, "almost immediately", after one minute and after five minutes. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];
/** "Using the Events API": the app has three seconds. */
const ANSWER_WITHIN_MS = 3000;

/** Slack's requests to the app, signed. Events are retried, what a person waits for is not. */
export function createAppRequests(workspace: Workspace, app: SlackApp | undefined): AppRequests {
  if (app?.signingSecret === "") throw new Error("The app's signing secret is empty.");

  async function post(
    path: string,
    type: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<Response | null> {
    if (app === undefined) return null;
    const timestamp = String(Math.floor(workspace.now() / 1000));
    const request = new Request(app.origin + path, {
      method: "POST",
      headers: {
        "content-type": type,
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": sign(app.signingSecret, timestamp, body),
        ...headers,
      },
      body,
      redirect: "manual",
    });
    const answered = workspace.left(path);
    const answer = await inTime((app.send ?? fetch)(request));
    // As in the list of what arrived, 0 is a connection without an answer.
    const status = answer.headers.has(NO_ANSWER) ? 0 : answer.status;
    answered({ status, error: answer.ok ? null : failureOf(answer) });
    return answer;
  }

  return {
    async event(event) {
      const body = JSON.stringify(envelope(event, workspace.now()));
      const path = "/slack/events";
      let answer = await post(path, "application/json", body);
      for (const [index, ms] of (app?.retryAfterMs ?? RETRY_AFTER_MS).entries()) {
        if (answer === null || answer.ok || answer.headers.get("x-slack-no-retry") === "1") break;
        await pause(ms);
        answer = await post(path, "application/json", body, {
          "x-slack-retry-num": String(index + 1),
          "x-slack-retry-reason": failureOf(answer),
        });
      }
      return answer;
    },
    interaction: (payload) =>
      post("/slack/interactions", FORM, form({ payload: JSON.stringify(payload) })),
    command: (fields) => post("/slack/commands", FORM, form(fields)),
  };
}

const FORM = "application/x-www-form-urlencoded";

function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}

/** "Verifying requests from Slack": HMAC-SHA256 of version, timestamp and raw body. */
function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** "The Events API", the outer event. */
function envelope(event: Record<string, unknown>, now: number): Record<string, unknown> {
  return {
    ...SENDER,
    team_id: TEAM.id,
    context_team_id: TEAM.id,
    context_enterprise_id: null,
    event,
    type: "event_callback",
    event_id: `Ev${randomId()}`,
    event_time: Math.floor(now / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: TEAM.id,
        user_id: BOT.user,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: `4-${randomId()}`,
  };
}

/** Random, because the app remembers the ids of a stand-in that ran before. */
export function randomId(): string {
  return Buffer.from(randomBytes(6)).toString("hex").toUpperCase();
}

/** The answer; a 504 that says why where there is none. */
async function inTime(sent: Promise<Response>): Promise<Response> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<Response>((resolve) => {
    timer = setTimeout(() => resolve(noAnswer("http_timeout")), ANSWER_WITHIN_MS);
  });
  const answer = sent.then(whole).catch(() => noAnswer("connection_failed"));
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** With its body read, which frees the connection where nobody looks at it. */
async function whole(answer: Response): Promise<Response> {
  return answer.body === null ? answer : new Response(await answer.arrayBuffer(), answer);
}

const NO_ANSWER = "x-stand-in-no-answer";

function noAnswer(reason: "http_timeout" | "connection_failed"): Response {
  return new Response(reason, { status: 504, headers: { [NO_ANSWER]: reason } });
}

/** Slack's word for what was wrong with an answer that was not 2xx. */
export function failureOf(answer: Response): string {
  return answer.headers.get(NO_ANSWER) ?? "http_error";
}

/** Does not keep Node running: who stops the stand-in does not wait for Slack's patience. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer: unknown = setTimeout(resolve, ms);
    if (timer instanceof Object && "unref" in timer && typeof timer.unref === "function")
      timer.unref();
  });
}
