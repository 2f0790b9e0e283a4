import { exports } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { TEST_SETTINGS } from "./settings.ts";

/** How a test webhook differs from a plain one of GitLab 19. */
export type WebhookOptions = {
  id?: string;
  token?: string;
  path?: string;
  hook?: string;
  /** How long ago GitLab made the request. */
  ageSeconds?: number;
  headers?: Record<string, string | null>;
};

export const ORIGIN = "https://causeway.test";

/** A webhook as GitLab 19 sends it, signed by an independent implementation of Standard Webhooks. */
export function webhook(
  body: unknown,
  {
    id = crypto.randomUUID(),
    token = TEST_SETTINGS.GITLAB_SIGNING_TOKENS,
    path = "",
    hook = "Issue Hook",
    ageSeconds = 0,
    headers: changed = {},
  }: WebhookOptions = {},
): Request {
  const at = new Date(Date.now() - ageSeconds * 1000);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = new Headers({
    "content-type": "application/json",
    "user-agent": "GitLab/19.2.0",
    "idempotency-key": id,
    "x-gitlab-event": hook,
    "x-gitlab-webhook-uuid": crypto.randomUUID(),
    "x-gitlab-event-uuid": crypto.randomUUID(),
    "x-gitlab-instance": "https://gitlab.example.com",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(token).sign(id, at, text),
  });
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return new Request(`${ORIGIN}/gitlab/webhooks${path}`, { method: "POST", headers, body: text });
}

/** Sends a webhook to the Worker. */
export async function deliver(
  body: unknown,
  options?: WebhookOptions,
): Promise<{ status: number; id: string; said: string; code?: string }> {
  const response = await exports.default.fetch(webhook(body, options));
  const answer: { id?: string; status?: string; error?: { code: string } } = await response.json();
  return {
    status: response.status,
    id: answer.id ?? "",
    said: answer.status ?? "",
    ...(answer.error === undefined ? {} : { code: answer.error.code }),
  };
}

/** Asks `/admin/api`. */
export async function admin<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await exports.default.fetch(
    new Request(`${ORIGIN}/admin/api${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
    }),
  );
  return await response.json();
}
