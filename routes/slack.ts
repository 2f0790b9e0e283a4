import type { Context } from "hono";
import { createFactory } from "hono/factory";
import { answerCommand } from "../src/asking/answer-command.ts";
import { whyThisMessage } from "../src/asking/why-this-message.ts";
import type { Env } from "../src/env.ts";
import { isObject, text, type Json, type JsonObject } from "../src/json.ts";
import { log, warn } from "../src/log.ts";
import { incomingFromSlack, unreadableFromSlack } from "../src/relay/incoming-from-slack.ts";
import { slackRelayName } from "../src/relay/relay-name.ts";
import { readSettings } from "../src/settings.ts";
import { answerUrl } from "../src/slack/answer-url.ts";
import { messageOfShortcut } from "../src/slack/message-said.ts";
import { readSlackEvent } from "../src/slack/parse-event.ts";
import { checkHeaders, verifyRequest, type SlackRefusal } from "../src/slack/verify-request.ts";
import { commit } from "./commit.ts";
import { problem, type AppEnv } from "./http.ts";
import { readBody } from "./read-body.ts";

/** Far more than Slack sends. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Slack waits three seconds. */
const PATIENCE_MS = 2_500;
/** The callback id of the shortcut "Why this message?". */
const WHY = "why";

/** What a person should do about a refusal; it stands in the log, not in the answer. */
const REMEDIES: Record<SlackRefusal, string | null> = {
  no_secret_configured:
    "Set the app's Signing Secret (Slack: Basic Information): npx wrangler secret put SLACK_SIGNING_SECRET",
  signature_missing: "Only Slack signs its requests; this one came from elsewhere.",
  timestamp_malformed: null,
  timestamp_stale: "The request is more than five minutes old, or a clock is wrong.",
  signature_wrong: "SLACK_SIGNING_SECRET is not the Signing Secret of the app that sent this.",
};

type SignedEnv = AppEnv & { Variables: { body: Uint8Array } };
const http = createFactory<SignedEnv>();

const verified = http.createMiddleware(async function verified(c, next) {
  const { headers } = c.req.raw;
  const { SLACK_SIGNING_SECRET: secret } = c.env;
  const now = Date.now();
  // Strangers cannot make the Worker read anything.
  const early = checkHeaders(headers, secret, now);
  if (early !== null) return refused(c, early);
  const body = await readBody(c.req.raw, MAX_BODY_BYTES);
  if (body === null) return problem(c, 413, "body_too_large", "The body is larger than 1 MiB.");
  const reason = verifyRequest(headers, body, secret, now);
  if (reason !== null) return refused(c, reason);
  c.set("body", body);
  return await next();
});

function refused(c: Context<SignedEnv>, reason: SlackRefusal): Response {
  warn("slack_refused", { reason, path: c.req.path, remedy: REMEDIES[reason] });
  return problem(c, 401, "unauthenticated", "No valid signature; the Worker's log says why.");
}

/**
 * `POST /slack/events`, `/slack/interactions` and `/slack/commands`. Slack waits three seconds: what
 * happens in a channel is committed first and answered with 200, whatever comes of it.
 */
export const slack = http
  .createApp()
  .use(verified)
  .post("/events", async (c) => {
    const body = c.get("body");
    const payload = parsed(new TextDecoder().decode(body));
    if (payload?.["type"] === "url_verification") {
      return c.json({ challenge: text(payload["challenge"]) ?? "" });
    }
    return await take(c, payload, body);
  })
  .post("/interactions", async (c) => {
    const body = c.get("body");
    const payload = parsed(
      new URLSearchParams(new TextDecoder().decode(body)).get("payload") ?? "",
    );
    if (payload?.["type"] !== "message_action") {
      log("interaction_ignored", { type: text(payload?.["type"]) });
      return c.body(null, 200);
    }
    if (payload["callback_id"] !== WHY) return await take(c, payload, body);
    c.executionCtx.waitUntil(explain(c.env, payload));
    return c.body(null, 200);
  })
  .post("/commands", async (c) => {
    const form = new URLSearchParams(new TextDecoder().decode(c.get("body")));
    if (form.has("ssl_check")) return c.body(null, 200);
    const answer = answerCommand(c.env, {
      text: form.get("text") ?? "",
      channel: form.get("channel_id") ?? "",
      user: form.get("user_id") ?? "",
    }).catch(apologise);
    const said = await withinPatience(answer);
    if (said !== null) return c.json({ response_type: "ephemeral", text: said });
    const url = form.get("response_url");
    c.executionCtx.waitUntil(answer.then((late) => answerUrl(url, late, readSettings(c.env))));
    return c.json({ response_type: "ephemeral", text: "One moment…" });
  });

/** Commits what Slack says; Slack sends it again when it was not. */
async function take(
  c: Context<SignedEnv>,
  payload: JsonObject | null,
  body: Uint8Array,
): Promise<Response> {
  const reading = payload === null ? null : readSlackEvent(payload);
  const incoming =
    payload === null || reading === null
      ? unreadableFromSlack(body)
      : incomingFromSlack(payload, reading, body);
  const retry = c.req.header("x-slack-retry-num");
  if (retry !== undefined) {
    log("slack_retries", { number: retry, reason: c.req.header("x-slack-retry-reason") ?? null });
  }
  const committed = commit(c.env.RELAY, slackRelayName(reading?.team ?? null), incoming);
  try {
    const receipt = await withinPatience(committed);
    if (receipt !== null) return c.body(null, 200);
    c.executionCtx.waitUntil(committed.catch(() => undefined));
    warn("slack_not_committed", { error: "the Relay took too long" });
  } catch (error) {
    warn("slack_not_committed", { error: String(error) });
  }
  return problem(c, 503, "not_committed", "It could not be stored in time; Slack sends it again.");
}

/** Answers the shortcut "Why this message?" to the person who used it. */
async function explain(env: Env, payload: JsonObject): Promise<void> {
  const { ts, channel } = readSlackEvent(payload);
  const message = messageOfShortcut(payload, ts ?? "");
  const said = await whyThisMessage(env, message, channel ?? "").catch(apologise);
  await answerUrl(
    text(payload["response_url"]),
    said ??
      (message.byPerson === true
        ? "Somebody wrote this message; Causeway did not send it."
        : "Causeway did not send this message, or it is so old that nothing is stored about it any more."),
    readSettings(env),
  );
}

function apologise(error: unknown): string {
  warn("asking_failed", { error: String(error) });
  return "Causeway could not find that out just now. Please ask again.";
}

async function withinPatience<T>(work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}

function parsed(json: string): JsonObject | null {
  try {
    const value: Json = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
