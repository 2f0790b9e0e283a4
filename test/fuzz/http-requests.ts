import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { FIXTURES, payloadOf } from "../gitlab/fixtures.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { ORIGIN } from "../webhook.ts";
import { damaged } from "./damaged.ts";
import { hostileText } from "./hostile.ts";
import { mutated } from "./mutated.ts";
import { SLACK_BODIES } from "./slack-bodies.ts";

/** A request as it is made, before it is signed; of a cut body only the first half arrives. */
export type Attempt = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  deliver: "whole" | "chunked" | "cut";
  signedBy: "nobody" | "gitlab" | "slack" | "admin";
};

const encoder = new TextEncoder();
/** An id of the right form; its event is not there. */
const NO_EVENT = `${Buffer.from("gitlab/acme").toString("base64url")}.${"k".repeat(22)}`;

const oddPart = fc.oneof(
  fc.constantFrom(
    ..."% %zz %00 %2F %2f..%2f .. . // ;a=b @ : %E0%A4%A %ff %u0041 __proto__ constructor * acme ACME".split(
      " ",
    ),
  ),
  fc.string({ maxLength: 8 }),
  hostileText.map((text) => encodeURIComponent(text.toWellFormed())),
);
const tail = fc
  .array(oddPart, { maxLength: 4 })
  .map((parts) => parts.map((part) => `/${part}`).join(""));
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant("") },
  {
    weight: 1,
    arbitrary: fc
      .array(
        fc.tuple(
          fc.constantFrom(..."project type state text limit cursor a __proto__".split(" ")),
          oddPart,
        ),
        {
          maxLength: 3,
        },
      )
      .map((pairs) => `?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`),
  },
);

const path = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      "/gitlab/webhooks",
      "/gitlab/webhooks/acme",
      "/gitlab/webhooks/acme/widgets",
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom("/slack/events", "/slack/interactions", "/slack/commands"),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          ..."ledger problems events openapi.json".split(" "),
          `events/${NO_EVENT}`,
          `events/${NO_EVENT}/body`,
          `events/${NO_EVENT}/replay`,
          `deliveries/${NO_EVENT}.0/retry`,
          `deliveries/${NO_EVENT}/retry`,
        ),
        query,
      )
      .map(([name, asked]) => `/admin/api/${name}${asked}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "/",
      "/health",
      "/health/delivery",
      "/admin",
      "/gitlab",
      "/slack",
      "/favicon.ico",
    ),
  },
  { weight: 1, arbitrary: tail.map((odd) => `/gitlab/webhooks${odd}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("/slack", "/admin/api", "/admin/api/events", ""), tail, query)
      .map((parts) => parts.join("")),
  },
);

const headerValue = fc.oneof(
  hostileText.map((text) => text.replace(/[^ -~]/g, "")),
  fc.integer({ min: 1, max: 12_000 }).map((length) => "h".repeat(length)),
);
const headers = fc.dictionary(
  fc.constantFrom(
    ..."content-type webhook-id webhook-signature webhook-timestamp idempotency-key x-gitlab-token".split(
      " ",
    ),
    ..."x-gitlab-event x-gitlab-event-uuid x-slack-signature x-slack-request-timestamp".split(" "),
    ..."x-slack-retry-num authorization accept range content-encoding x-other cookie".split(" "),
  ),
  headerValue,
  { maxKeys: 4 },
);

const form = fc
  .dictionary(
    fc.constantFrom(
      ..."payload text channel_id user_id response_url ssl_check command token __proto__".split(
        " ",
      ),
    ),
    fc.oneof(
      hostileText.map((text) => text.toWellFormed()),
      fc.constantFrom(
        "why https://gitlab.test/acme/widgets/-/issues/1",
        "rules",
        "help",
        "C0000000001",
      ),
      mutated(SLACK_BODIES).map((body) => JSON.stringify(body)),
    ),
  )
  .map((fields) => encoder.encode(new URLSearchParams(Object.entries(fields)).toString()));
const small = fc.oneof(
  fc.constant(null),
  mutated(FIXTURES.map(payloadOf)).map((each) => encoder.encode(JSON.stringify(each))),
  mutated(SLACK_BODIES).map((each) => encoder.encode(JSON.stringify(each))),
  damaged([...FIXTURES.map(payloadOf), ...SLACK_BODIES].map((each) => JSON.stringify(each))),
  form,
);
/** As much as Slack may send, and one byte more. */
const large = fc
  .constantFrom(1024 * 1024, 1024 * 1024 + 1)
  .map((size) => new Uint8Array(size).fill(0x5b));
const body = fc.oneof({ weight: 50, arbitrary: small }, { weight: 1, arbitrary: large });

/** Requests as strangers, GitLab, Slack and administrators make them, right and wrong. */
export const attempt: fc.Arbitrary<Attempt> = fc.record({
  method: fc.oneof(
    { weight: 6, arbitrary: fc.constant("POST") },
    { weight: 2, arbitrary: fc.constant("GET") },
    {
      weight: 1,
      arbitrary: fc.constantFrom("HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"),
    },
  ),
  path,
  headers,
  body,
  deliver: fc.oneof(
    { weight: 8, arbitrary: fc.constant("whole" as const) },
    { weight: 2, arbitrary: fc.constant("chunked" as const) },
    { weight: 1, arbitrary: fc.constant("cut" as const) },
  ),
  signedBy: fc.constantFrom("nobody", "gitlab", "slack", "admin"),
});

/** The request, signed over its whole body. */
export function requestOf({
  method,
  path: to,
  headers: given,
  body: bytes,
  deliver,
  signedBy,
}: Attempt): Request {
  const request = new Headers(given);
  const hasBody = bytes !== null && method !== "GET" && method !== "HEAD";
  const signed = hasBody ? bytes : new Uint8Array();
  for (const [name, value] of Object.entries(signatureOf(signedBy, signed)))
    request.set(name, value);
  return new Request(ORIGIN + to, {
    method,
    headers: request,
    // workerd logs that a stream was left unread, so only a body that will be read is one.
    body: hasBody
      ? delivered(bytes, deliver === "chunked" && !isRead(to, signedBy) ? "whole" : deliver)
      : null,
    redirect: "manual",
  });
}

function isRead(path: string, signer: Attempt["signedBy"]): boolean {
  return path.startsWith("/slack/") || (path.startsWith("/gitlab/webhooks") && signer === "gitlab");
}

function signatureOf(signer: Attempt["signedBy"], bytes: Uint8Array): Record<string, string> {
  const now = String(Math.floor(Date.now() / 1000));
  switch (signer) {
    case "nobody":
      return {};
    case "gitlab": {
      const id = crypto.randomUUID();
      const key = Buffer.from(TEST_SETTINGS.GITLAB_SIGNING_TOKENS.slice("whsec_".length), "base64");
      const mac = createHmac("sha256", key).update(`${id}.${now}.`).update(bytes).digest("base64");
      return { "webhook-id": id, "webhook-timestamp": now, "webhook-signature": `v1,${mac}` };
    }
    case "slack": {
      const hmac = createHmac("sha256", TEST_SETTINGS.SLACK_SIGNING_SECRET);
      const mac = hmac.update(`v0:${now}:`).update(bytes).digest("hex");
      return { "x-slack-request-timestamp": now, "x-slack-signature": `v0=${mac}` };
    }
    case "admin":
      return { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` };
  }
}

function delivered(bytes: Uint8Array, how: Attempt["deliver"]): Uint8Array | ReadableStream {
  switch (how) {
    case "whole":
      return bytes;
    case "chunked":
      return streamOf(bytes);
    case "cut":
      return bytes.subarray(0, bytes.length / 2);
  }
}

/** The bytes in pieces, without a length declared. */
function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  const step = Math.max(1, Math.ceil(bytes.length / 5));
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + step));
      at += step;
    },
  });
}
