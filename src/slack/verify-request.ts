import { createHmac, timingSafeEqual } from "node:crypto";

/** Why a request was refused. The sender learns only that it was; the log says which. */
export type SlackRefusal =
  | "no_secret_configured"
  | "signature_missing"
  | "timestamp_malformed"
  | "timestamp_stale"
  | "signature_wrong";

/** Slack's own recommendation, in both directions. */
const TOLERANCE_SECONDS = 300;

/** Why a request is refused whatever its body holds; null: it depends on that. `now` in milliseconds. */
export function checkHeaders(
  headers: Headers,
  secret: string | undefined,
  now: number,
): SlackRefusal | null {
  if (secret === undefined || secret.trim() === "") return "no_secret_configured";
  const signature = headers.get("x-slack-signature");
  const timestamp = headers.get("x-slack-request-timestamp");
  if (!signature || !timestamp) return "signature_missing";
  if (!/^\d{1,12}$/.test(timestamp)) return "timestamp_malformed";
  // Not the other way round: nothing is near a time that is none.
  const isNear = Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS;
  return isNear ? null : "timestamp_stale";
}

/**
 * Whether Slack vouches for a request: its v0 signature over the raw body, made at most five minutes
 * before or after `now` (milliseconds). Null: it does.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function verifyRequest(
  headers: Headers,
  body: Uint8Array,
  secret: string | undefined,
  now: number,
): SlackRefusal | null {
  const refusal = checkHeaders(headers, secret, now);
  if (refusal !== null) return refusal;
  const expected = createHmac("sha256", secret?.trim() ?? "")
    .update(`v0:${headers.get("x-slack-request-timestamp")}:`)
    .update(body)
    .digest("hex");
  const given = Buffer.from(headers.get("x-slack-signature") ?? "");
  const wanted = Buffer.from(`v0=${expected}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted)
    ? null
    : "signature_wrong";
}
