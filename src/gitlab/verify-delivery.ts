import { createHmac, timingSafeEqual } from "node:crypto";
import { signingKey } from "../settings.ts";
import { deriveHookSecret } from "./hook-secret.ts";

/** The secrets that may vouch for a delivery. */
export type HookSecrets = { signingTokens: string[]; secretTokens: string[] };

/** Why a delivery was refused. The sender learns only that it was; the log says which. */
export type Refusal =
  | "no_secret_configured"
  | "credentials_missing"
  | "signature_missing"
  | "signature_malformed"
  | "timestamp_malformed"
  | "timestamp_stale"
  | "signature_wrong"
  | "token_wrong"
  | "body_too_large";

/** A delivery that GitLab vouched for, with the bytes it vouched for; or why it is refused. */
export type Verdict = { ok: true; body: Uint8Array } | { ok: false; reason: Refusal };

/** Standard Webhooks implementations accept five minutes in both directions. */
const TOLERANCE_SECONDS = 300;

/**
 * All secrets that are valid on a hook's path (null for the shared endpoint): the shared ones and,
 * on a path, those derived for it. A derived one counts as signing token or, before GitLab 19, as
 * plain token.
 */
export function secretsFor(
  shared: HookSecrets & { masterSecrets: string[] },
  hookPath: string | null,
): HookSecrets {
  const derived =
    hookPath === null
      ? []
      : shared.masterSecrets.map((secret) => deriveHookSecret(secret, hookPath));
  return {
    signingTokens: [...shared.signingTokens, ...derived],
    secretTokens: [...shared.secretTokens, ...derived],
  };
}

/**
 * Verifies that GitLab sent this request, over the raw bytes.
 *
 * A request that carries a signature stands or falls by it, whatever its `X-Gitlab-Token` says.
 * `readBody` is called only for a sender that can still be accepted, so that strangers cannot make
 * the Worker read 25 MiB. `now` is in milliseconds.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/ (signing tokens, secret tokens)
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export async function verifyDelivery(
  headers: Headers,
  secrets: HookSecrets,
  now: number,
  readBody: () => Promise<Uint8Array | null>,
): Promise<Verdict> {
  if (secrets.signingTokens.length + secrets.secretTokens.length === 0) {
    return refuse("no_secret_configured");
  }
  const signatures = headers.get("webhook-signature");
  const refusal =
    signatures === null ? checkToken(headers, secrets) : checkSigned(headers, secrets, now);
  if (refusal !== null) return refuse(refusal);

  const body = await readBody();
  if (body === null) return refuse("body_too_large");
  if (signatures !== null && !isSigned(headers, signatures, body, secrets.signingTokens)) {
    return refuse("signature_wrong");
  }
  return { ok: true, body };
}

function refuse(reason: Refusal): Verdict {
  return { ok: false, reason };
}

function checkToken(headers: Headers, secrets: HookSecrets): Refusal | null {
  const token = headers.get("x-gitlab-token");
  if (token === null) {
    return secrets.secretTokens.length === 0 ? "signature_missing" : "credentials_missing";
  }
  if (secrets.secretTokens.length === 0) return "signature_missing";
  return matchesAny(token, secrets.secretTokens) ? null : "token_wrong";
}

function checkSigned(headers: Headers, secrets: HookSecrets, now: number): Refusal | null {
  const timestamp = headers.get("webhook-timestamp") ?? "";
  if (secrets.signingTokens.length === 0) return "signature_wrong";
  if (!headers.get("webhook-id")) return "signature_malformed";
  if (entriesOf(headers.get("webhook-signature") ?? "").length === 0) return "signature_malformed";
  if (!/^\d{1,12}$/.test(timestamp)) return "timestamp_malformed";
  return Math.abs(now / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS ? null : "timestamp_stale";
}

function isSigned(headers: Headers, header: string, body: Uint8Array, tokens: string[]): boolean {
  const message = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.`;
  const given = entriesOf(header);
  let signed = false;
  for (const token of tokens) {
    const key = signingKey(token);
    if (key === null) continue;
    const expected = createHmac("sha256", key).update(message).update(body).digest("base64");
    // No early exit: how long this takes says nothing about which token or entry was right.
    if (matchesAny(`v1,${expected}`, given)) signed = true;
  }
  return signed;
}

/** The signatures of a version that we know; there is one for each token of GitLab's. */
function entriesOf(header: string): string[] {
  return header.split(" ").filter((entry) => entry.startsWith("v1,"));
}

/**
 * Constant-time membership: every candidate is looked at, and how long that takes says nothing but
 * whether one has the length of the value.
 */
function matchesAny(value: string, candidates: string[]): boolean {
  const bytes = Buffer.from(value);
  let found = false;
  for (const candidate of candidates) {
    const other = Buffer.from(candidate);
    if (other.length === bytes.length && timingSafeEqual(other, bytes)) found = true;
  }
  return found;
}
