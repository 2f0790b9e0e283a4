import { createHmac, randomUUID } from "node:crypto";
import type { HookFlag } from "../gitlab/hook-events.ts";
import type { GitlabHook } from "./gitlab-hook.ts";

/** An entry of a hook's list of deliveries, as GitLab's API shows it. */
export type HookEvent = {
  id: number;
  url: string;
  /** `issue_hooks`, `push_hooks` and so on. */
  trigger: string;
  request_headers: Record<string, string>;
  request_data: unknown;
  response_headers: Record<string, string>;
  response_body: string;
  execution_duration: number;
  /** A number as text, or `internal error` where there was no answer. */
  response_status: string;
  created_at: string;
};

/** What is sent, and as which delivery: a resend keeps its id. */
export type Delivery = { trigger: string; data: unknown; key?: string };

/** Where a stand-in's requests go. */
export type Send = (request: Request) => Promise<Response>;

const PATIENCE_MS = 10_000;
const MAX_RESPONSE_CHARACTERS = 8_192;

/** The trigger of a flag: GitLab's names of both differ by an s. */
export function triggerOf(flag: HookFlag): string {
  return flag
    .replace(/_events$/, "_hooks")
    .replace(/^(confidential_)?issues_/, "$1issue_")
    .replace(/^merge_requests_/, "merge_request_")
    .replace(/^releases_/, "release_");
}

/**
 * Sends one webhook as GitLab does, signed where the hook has a signing token, and returns its entry
 * in the list of deliveries.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/#delivery-headers
 */
export async function deliverToHook(
  hook: GitlabHook,
  { trigger, data, key = randomUUID() }: Delivery,
  around: { id: number; version: string; now: number; send: Send },
): Promise<HookEvent> {
  const body = JSON.stringify(data);
  const headers: Record<string, string> = {
    "Content-Type": "application/json",
    "User-Agent": `GitLab/${around.version}`,
    "Idempotency-Key": key,
    "X-Gitlab-Event": titleOf(trigger),
    "X-Gitlab-Webhook-UUID": randomUUID(),
    "X-Gitlab-Instance": "https://gitlab.example.com",
    "X-Gitlab-Event-UUID": randomUUID(),
    ...(hook.token === "" ? {} : { "X-Gitlab-Token": hook.token }),
    ...(hook.signingToken === "" ? {} : signed(hook.signingToken, key, around.now, body)),
  };
  const answer = await answerTo(hook.url, headers, body, around.send);
  const secrets = hook.token === "" ? {} : { "X-Gitlab-Token": "[REDACTED]" };
  return {
    id: around.id,
    url: hook.url,
    trigger,
    request_headers: { ...headers, ...secrets },
    request_data: data,
    ...answer,
    created_at: new Date(around.now).toISOString(),
  };
}

async function answerTo(url: string, headers: Record<string, string>, body: string, send: Send) {
  const started = performance.now();
  const gone = new AbortController();
  const timer = setTimeout(() => gone.abort(), PATIENCE_MS);
  try {
    const { signal } = gone;
    const response = await send(new Request(url, { method: "POST", headers, body, signal }));
    return {
      response_headers: Object.fromEntries(response.headers),
      response_body: (await response.text()).slice(0, MAX_RESPONSE_CHARACTERS),
      execution_duration: (performance.now() - started) / 1_000,
      response_status: String(response.status),
    };
  } catch {
    return {
      response_headers: {},
      response_body: "",
      execution_duration: (performance.now() - started) / 1_000,
      response_status: "internal error",
    };
  } finally {
    clearTimeout(timer);
  }
}

function signed(token: string, id: string, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(token.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

/** `confidential_issue_hooks` is the "Confidential Issue Hook". */
function titleOf(trigger: string): string {
  return trigger
    .replace(/s$/, "")
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
