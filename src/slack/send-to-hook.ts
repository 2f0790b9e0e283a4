import { errorInWords } from "../words/error-in-words.ts";
import type { Answer, Outgoing } from "./answer.ts";
import { answer, classifyError, retryAfterMs } from "./classify-error.ts";
import { withNotice } from "./notice-mark.ts";
import { readStart } from "./read-start.ts";
import { withTimeout } from "./with-timeout.ts";

type HookOutgoing = Extract<Outgoing, { kind: "workflow" | "message" }>;

const MAX_READ_CHARACTERS = 2_000;
const MAX_ANSWER_CHARACTERS = 300;

/**
 * Posts to a workflow trigger or an incoming webhook and says what its answer means. Plain `fetch`:
 * Slack's own client for these drops `Retry-After`. A redirect is never followed. `delivery` is the
 * delivery's id, which goes with a message.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
export async function sendToHook(
  url: string,
  outgoing: HookOutgoing,
  delivery: string,
): Promise<Answer> {
  const body = outgoing.kind === "workflow" ? outgoing.variables : messageBody(outgoing, delivery);
  let status: number | null = null;
  try {
    return await withTimeout(async (signal) => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify(body),
        redirect: "manual",
        signal,
      });
      ({ status } = response);
      const start = (await readStart(response, MAX_READ_CHARACTERS)).trim();
      return classify(response, withoutSecret(start, url), outgoing.kind);
    });
  } catch (error) {
    const said = withoutSecret(errorInWords(error), url);
    // Slack had taken it before its answer broke off.
    if (status !== null && status < 300) return { outcome: "delivered", status, said };
    // The request may have arrived before the connection or our patience ended.
    return { outcome: "retry", maybePosted: true, status, said };
  }
}

function messageBody(message: Extract<HookOutgoing, { kind: "message" }>, delivery: string) {
  const { text, blocks } = withNotice(message, delivery);
  return {
    text,
    unfurl_links: false,
    unfurl_media: false,
    ...(blocks === null ? {} : { blocks }),
  };
}

function classify(response: Response, said: string, kind: HookOutgoing["kind"]): Answer {
  const { status } = response;
  const word = errorWord(said);
  if (response.ok && word === null) return { outcome: "delivered", status, said };
  // The meaning is in the words where they are known: the status of each is not documented.
  const known = word === null ? null : classifyError(word);
  if (status === 429 || known?.outcome === "wait") {
    return { outcome: "wait", afterMs: retryAfterMs(response.headers), status, said };
  }
  // A hook's credential is its address: an authentication error is about that, not about the bot.
  if (word !== null && known !== null && !(known.outcome === "blocked" && known.cause === "auth")) {
    return answer(word, known, status, said, null);
  }
  if (response.ok) return { outcome: "retry", maybePosted: false, status, said };
  if (status >= 500 || status === 408) return { outcome: "retry", maybePosted: true, status, said };
  if (status === 400 || status === 413) return { outcome: "refused", status, said };
  return {
    outcome: "blocked",
    cause: "target",
    code: word ?? `http_${status}`,
    status,
    said: said === "" ? `HTTP ${status}` : said,
    fix:
      kind === "workflow"
        ? "The workflow is unpublished or its trigger was removed. Publish it and store its Web request URL in the destination's secret."
        : "The webhook was revoked or its app removed. Create a new one in Slack and store its URL in the destination's secret.",
  };
}

/** Slack's error word: the `error` of a JSON answer, or a plain-text body that is one word. */
function errorWord(said: string): string | null {
  if (said === "" || said === "ok") return null;
  try {
    const parsed: unknown = JSON.parse(said);
    if (typeof parsed !== "object" || parsed === null) return null;
    const { ok, error } = parsed as { ok?: unknown; error?: unknown };
    if (ok === true) return null;
    return typeof error === "string" ? error : ok === false ? "unknown_error" : null;
  } catch {
    return /^[a-z_]{2,60}$/.test(said) ? said : null;
  }
}

/** What was said, without the hook's address or a part of it that somebody quoted. */
function withoutSecret(said: string, url: string): string {
  if (said === "ok" || said === '{"ok":true}') return said;
  const { pathname } = new URL(url);
  const secrets = [url, pathname, ...pathname.split("/").filter((part) => part.length >= 6)];
  return secrets
    .reduce((text, secret) => text.replaceAll(secret, "…"), said)
    .replace(/https?:\/\/\S+/g, "…")
    .slice(0, MAX_ANSWER_CHARACTERS);
}
