/** The three doors of Slack that take messages: each says "no" in its own way. */
export type Door = "trigger" | "webhook" | "api";

export type FaultName = keyof typeof FAULTS;

/** "For the next `times` requests to `on`, misbehave like this." Without `times`: until cleared. */
export type FaultOrder = {
  /** A path, where `*` stands for anything: `*`, `/triggers/*`, `/api/chat.postMessage`. */
  on: string;
  fault: FaultName;
  times?: number | undefined;
  /** Seconds, for `rate_limited`. */
  retryAfter?: number | undefined;
  delayMs?: number | undefined;
};

export type Faults = {
  readonly orders: readonly FaultOrder[];
  set: (order: FaultOrder) => void;
  clear: () => void;
  /** The oldest order for this path, counted down. */
  take: (path: string) => FaultOrder | undefined;
};

type Answer = (order: FaultOrder) => Response;

/**
 * What goes wrong, and when: `refuse` answers before anything is stored, `accept` stores the message and then
 * answers, `cut` destroys the connection, `hang` never answers, `delay` is only late.
 */
type Fault =
  | { how: "refuse" | "accept"; answer: Record<Door, Answer> }
  | { how: "cut"; stored: boolean }
  | { how: "hang" }
  | { how: "delay" };

const DEFAULT_RETRY_AFTER_SECONDS = 2;
export const DEFAULT_DELAY_MS = 2000;

/**
 * One row for each way in which Slack fails. Pages are those of docs.slack.dev. What a workflow trigger answers to a
 * failure is not documented: those answers are guesses with the right kind of status, and a client should look only at that.
 */
export const FAULTS = {
  // "Rate limits": 429 with Retry-After in seconds, for "any of our HTTP-based APIs (including incoming webhooks)".
  rate_limited: refuse({
    trigger: ({ retryAfter }) => json(429, { ok: false, error: "ratelimited" }, wait(retryAfter)),
    webhook: ({ retryAfter }) => text(429, "rate_limited", wait(retryAfter)),
    api: ({ retryAfter }) => json(429, { ok: false, error: "ratelimited" }, wait(retryAfter)),
  }),
  // "Rate limits" promises the header; proxies lose it.
  rate_limited_without_retry_after: refuse({
    trigger: () => json(429, { ok: false, error: "ratelimited" }),
    webhook: () => text(429, "rate_limited"),
    api: () => json(429, { ok: false, error: "ratelimited" }),
  }),
  // "chat.postMessage", errors: service_unavailable.
  server_error: refuse({
    trigger: () => json(503, { ok: false, error: "service_unavailable" }),
    webhook: () => text(503, "service_unavailable"),
    api: () => json(503, { ok: false, error: "service_unavailable" }),
  }),
  // Not documented: what a load balancer in front of Slack says when nothing is behind it.
  html_error: refuse(same(() => html(502, "<html><body><h1>502 Bad Gateway</h1></body></html>"))),
  // "chat.postMessage", errors: request_timeout, seen from outside.
  hang: { how: "hang" },
  // No page: a network does this. Nothing arrived.
  cut: { how: "cut", stored: false },
  // No page: the message arrived, the answer did not. A client cannot tell this from `cut`.
  cut_after_accept: { how: "cut", stored: true },
  // "Sending messages using incoming webhooks": channel_is_archived. "chat.postMessage": is_archived.
  // A trigger says ok when it starts the workflow; the step that posts fails later, and nobody is told.
  archived: refuse({
    trigger: () => json(200, { ok: true }),
    webhook: () => text(410, "channel_is_archived"),
    api: () => no("is_archived"),
  }),
  // "Sending messages using incoming webhooks": no_service. "chat.postMessage": token_revoked.
  revoked: refuse({
    trigger: () => json(404, { ok: false, error: "trigger_not_found" }),
    webhook: () => text(404, "no_service"),
    api: () => no("token_revoked"),
  }),
  // No page: a slow day.
  slow: { how: "delay" },
  // "chat.postMessage": internal_error, "could not be completed", here with nothing posted.
  internal_error: refuse({
    trigger: () => json(500, { ok: false, error: "internal_error" }),
    webhook: () => text(500, "internal_error"),
    api: () => no("internal_error"),
  }),
  // "chat.postMessage": fatal_error, "It's possible some aspect of the operation succeeded": here it did.
  fatal_error: {
    how: "accept",
    answer: {
      trigger: () => json(500, { ok: false, error: "fatal_error" }),
      webhook: () => text(500, "fatal_error"),
      api: () => no("fatal_error"),
    },
  },
  // "chat.postMessage": invalid_auth. "Sending messages using incoming webhooks": invalid_token.
  invalid_auth: refuse({
    trigger: () => json(403, { ok: false, error: "invalid_auth" }),
    webhook: () => text(403, "invalid_token"),
    api: () => no("invalid_auth"),
  }),
  // "chat.postMessage": missing_scope. "Sending messages using incoming webhooks": action_prohibited.
  missing_scope: refuse({
    trigger: () => json(403, { ok: false, error: "access_denied" }),
    webhook: () => text(403, "action_prohibited"),
    api: () => no("missing_scope", { needed: "chat:write", provided: "reactions:read" }),
  }),
  // "chat.postMessage": not_in_channel. "Sending messages using incoming webhooks": channel_not_found.
  not_in_channel: refuse({
    trigger: () => json(200, { ok: true }),
    webhook: () => text(404, "channel_not_found"),
    api: () => no("not_in_channel"),
  }),
  // "chat.postMessage": invalid_blocks. "Sending messages using incoming webhooks": invalid_payload.
  invalid_blocks: refuse({
    trigger: () => json(400, { ok: false, error: "invalid_input" }),
    webhook: () => text(400, "invalid_payload"),
    api: () =>
      no("invalid_blocks", {
        errors: ["unsupported type: sandbox [json-pointer:/blocks/0/type]"],
        response_metadata: {
          messages: ["[ERROR] unsupported type: sandbox [json-pointer:/blocks/0/type]"],
        },
      }),
  }),
  // No page: a captive portal or a proxy. Following it would hand the URL's secret to someone else.
  redirect: refuse(
    same(() => new Response(null, { status: 302, headers: { location: "https://example.com/" } })),
  ),
} satisfies Record<string, Fault>;

/** The row of the table, with the union's type. */
export function faultNamed(name: FaultName): Fault {
  return FAULTS[name];
}

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(FAULTS, name);
}

/** The faults that are set now; `changed` is called when that changes. */
export function createFaults(changed: () => void): Faults {
  const orders: FaultOrder[] = [];
  return {
    orders,
    set(order) {
      orders.push({ ...order });
      changed();
    },
    clear() {
      orders.length = 0;
      changed();
    },
    take(path) {
      const order = orders.find(({ on }) => matches(on, path));
      if (order?.times === undefined) return order;
      order.times -= 1;
      if (order.times < 1) orders.splice(orders.indexOf(order), 1);
      changed();
      return order;
    },
  };
}

/** Whether `*` in the pattern can stand for something that makes it this path. */
function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(path);
}

function refuse(answer: Record<Door, Answer>): Fault {
  return { how: "refuse", answer };
}

function same(answer: Answer): Record<Door, Answer> {
  return { trigger: answer, webhook: answer, api: answer };
}

function wait(retryAfter = DEFAULT_RETRY_AFTER_SECONDS): Record<string, string> {
  return { "retry-after": String(retryAfter) };
}

function no(error: string, details: Record<string, unknown> = {}): Response {
  return json(200, { ok: false, error, ...details });
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

function text(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain", ...headers } });
}

function html(status: number, body: string): Response {
  return new Response(body, { status, headers: { "content-type": "text/html" } });
}
