import { Webhook } from "standardwebhooks";
import { describe, expect, it, test } from "vitest";
import {
  verifyDelivery,
  type HookSecrets,
  type Verdict,
} from "../../src/gitlab/verify-delivery.ts";

const NOW = Date.parse("2026-11-20T10:00:00.000Z");
const BODY = '{"object_kind":"issue","object_attributes":{"title":"héllo — 👍"}}';
const [TOKEN, ROTATED, STRANGE] = [tokenOf(1), tokenOf(2), tokenOf(3)];
const SIGNING: HookSecrets = { signingTokens: [TOKEN, ROTATED], secretTokens: [] };
const PLAIN: HookSecrets = { signingTokens: [], secretTokens: ["plain-one", "plain-two"] };
const BOTH: HookSecrets = { ...PLAIN, signingTokens: SIGNING.signingTokens };
const NONE: HookSecrets = { signingTokens: [], secretTokens: [] };

/** A signing token as GitLab makes them: 32 bytes. */
function tokenOf(byte: number): string {
  return `whsec_${btoa(String.fromCharCode(byte).repeat(32))}`;
}

function signatureOf(
  token: string,
  { id = "delivery-1", at = NOW, body = BODY }: { id?: string; at?: number; body?: string } = {},
): string {
  return new Webhook(token).sign(id, new Date(at), body);
}

type Changes = Record<string, string | null>;

/** The headers of a good signed delivery, with changes; null takes one away. */
function signed(changes: Changes = {}): Headers {
  return headersFrom({
    "webhook-id": "delivery-1",
    "webhook-timestamp": String(NOW / 1000),
    "webhook-signature": signatureOf(TOKEN),
    ...changes,
  });
}

function headersFrom(entries: Changes): Headers {
  const given = Object.entries(entries).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  return new Headers(given);
}

async function verify(
  headers: Headers,
  secrets: HookSecrets,
  body: string | null = BODY,
  now = NOW,
): Promise<{ verdict: Verdict; reads: number }> {
  let reads = 0;
  const verdict = await verifyDelivery(headers, secrets, now, async () => {
    reads += 1;
    return body === null ? null : new TextEncoder().encode(body);
  });
  return { verdict, reads };
}

function at(seconds: number): Changes {
  const time = NOW + seconds * 1000;
  return {
    "webhook-timestamp": String(time / 1000),
    "webhook-signature": signatureOf(TOKEN, { at: time }),
  };
}

describe("a signed delivery", () => {
  test.for<[name: string, headers: Headers, secrets: HookSecrets]>([
    ["that is right", signed(), SIGNING],
    [
      "signed with the second token",
      signed({ "webhook-signature": signatureOf(ROTATED) }),
      SIGNING,
    ],
    [
      "with one right signature among several",
      signed({ "webhook-signature": `${signatureOf(STRANGE)} v2,x ${signatureOf(TOKEN)} v1,` }),
      SIGNING,
    ],
    ["with a wrong X-Gitlab-Token beside it", signed({ "x-gitlab-token": "wrong" }), BOTH],
    ["exactly 300 s old", signed(at(-300)), SIGNING],
    ["exactly 300 s ahead", signed(at(300)), SIGNING],
  ])("is accepted %s", async ([, headers, secrets]) => {
    const { verdict } = await verify(headers, secrets);
    expect(verdict).toEqual({ ok: true, body: new TextEncoder().encode(BODY) });
  });

  test.for<[name: string, reason: string, headers: Headers, body?: string]>([
    [
      "with none right among several",
      "signature_wrong",
      signed({ "webhook-signature": `${signatureOf(STRANGE)} v1,AAAA` }),
    ],
    ["with one byte of the body changed", "signature_wrong", signed(), BODY.replace("é", "è")],
    ["with a byte more", "signature_wrong", signed(), `${BODY}\n`],
    [
      "with a body written again",
      "signature_wrong",
      signed(),
      JSON.stringify(JSON.parse(BODY), null, 1),
    ],
    ["with another id", "signature_wrong", signed({ "webhook-id": "delivery-2" })],
    ["without an id", "signature_malformed", signed({ "webhook-id": null })],
    [
      "with another timestamp, still fresh",
      "signature_wrong",
      signed({ "webhook-timestamp": String(NOW / 1000 + 1) }),
    ],
    ["301 s old", "timestamp_stale", signed(at(-301))],
    ["301 s ahead", "timestamp_stale", signed(at(301))],
    ["without a timestamp", "timestamp_malformed", signed({ "webhook-timestamp": null })],
    ["with NaN for a timestamp", "timestamp_malformed", signed({ "webhook-timestamp": "NaN" })],
    ["with an empty timestamp", "timestamp_malformed", signed({ "webhook-timestamp": "" })],
    [
      "with a timestamp that is hexadecimal",
      "timestamp_malformed",
      signed({ "webhook-timestamp": `0x${(NOW / 1000).toString(16)}` }),
    ],
    [
      "with a timestamp in milliseconds",
      "timestamp_malformed",
      signed({ "webhook-timestamp": String(NOW) }),
    ],
    [
      "with an empty list of signatures",
      "signature_malformed",
      signed({ "webhook-signature": "" }),
    ],
    [
      "with a version that is not known",
      "signature_malformed",
      signed({ "webhook-signature": signatureOf(TOKEN).replace("v1,", "v2,") }),
    ],
    [
      "with the signature alone, without its version",
      "signature_malformed",
      signed({ "webhook-signature": signatureOf(TOKEN).replace("v1,", "") }),
    ],
    [
      "with half a signature",
      "signature_wrong",
      signed({ "webhook-signature": signatureOf(TOKEN).slice(0, 20) }),
    ],
  ])("is refused %s", async ([, reason, headers, body]) => {
    const { verdict } = await verify(headers, BOTH, body);
    expect(verdict).toEqual({ ok: false, reason });
  });

  test.for([
    ["wrong", signed({ "webhook-signature": signatureOf(STRANGE), "x-gitlab-token": "plain-one" })],
    ["empty", signed({ "webhook-signature": "", "x-gitlab-token": "plain-one" })],
    ["stale", signed({ ...at(-301), "x-gitlab-token": "plain-one" })],
  ] as const)("never falls back to a right token when it is %s", async ([, headers]) => {
    const { verdict } = await verify(headers, BOTH);
    expect(verdict.ok).toBe(false);
  });

  it("is refused where only plain tokens are configured", async () => {
    const { verdict } = await verify(signed({ "x-gitlab-token": "plain-one" }), PLAIN);
    expect(verdict).toEqual({ ok: false, reason: "signature_wrong" });
  });

  it("is not accepted because of a configured token that cannot be a key", async () => {
    const secrets = { signingTokens: ["whsec_", "whsec_!!", ""], secretTokens: [] };
    const { verdict } = await verify(signed(), secrets);
    expect(verdict).toEqual({ ok: false, reason: "signature_wrong" });
  });
});

describe("a delivery without a signature", () => {
  test.for<[name: string, token: string | null, secrets: HookSecrets, reason: string | null]>([
    ["with the right token", "plain-one", PLAIN, null],
    ["with the other right token", "plain-two", PLAIN, null],
    ["with the right token, signing tokens configured too", "plain-two", BOTH, null],
    ["with a wrong token", "plain-three", PLAIN, "token_wrong"],
    ["with the beginning of a token", "plain-on", PLAIN, "token_wrong"],
    ["with both tokens at once", "plain-one plain-two", PLAIN, "token_wrong"],
    ["with an empty token", "", PLAIN, "token_wrong"],
    ["with nothing", null, PLAIN, "credentials_missing"],
    ["with nothing, where only signing tokens are configured", null, SIGNING, "signature_missing"],
    ["with a token, where only signing tokens are configured", "any", SIGNING, "signature_missing"],
    ["with a signing token as its token", TOKEN, SIGNING, "signature_missing"],
    ["with a token, where nothing is configured", "plain-one", NONE, "no_secret_configured"],
    ["with an empty token, where nothing is configured", "", NONE, "no_secret_configured"],
  ])("%s", async ([, token, secrets, reason]) => {
    const { verdict } = await verify(headersFrom({ "x-gitlab-token": token }), secrets);
    expect(verdict.ok ? null : verdict.reason).toBe(reason);
  });
});

describe("the body", () => {
  test.for<[name: string, headers: Headers, secrets: HookSecrets]>([
    ["without credentials", new Headers(), PLAIN],
    ["with a wrong token", headersFrom({ "x-gitlab-token": "wrong" }), PLAIN],
    ["without the signature that is asked for", new Headers(), SIGNING],
    ["with a stale signature", signed(at(-301)), SIGNING],
    ["with a signature of no known version", signed({ "webhook-signature": "v2,AAAA" }), SIGNING],
    ["with a signature where only tokens are configured", signed(), PLAIN],
    ["with a malformed timestamp", signed({ "webhook-timestamp": "soon" }), SIGNING],
    ["where nothing is configured", signed({ "x-gitlab-token": "plain-one" }), NONE],
  ])("of a sender %s is not read", async ([, headers, secrets]) => {
    expect((await verify(headers, secrets)).reads).toBe(0);
  });

  test.for<[string, Headers]>([
    ["signed", signed()],
    ["token", headersFrom({ "x-gitlab-token": "plain-one" })],
  ])("of a good sender is read once (%s)", async ([, headers]) => {
    expect((await verify(headers, BOTH)).reads).toBe(1);
  });

  test.for<[string, Headers]>([
    ["signed", signed()],
    ["token", headersFrom({ "x-gitlab-token": "plain-one" })],
  ])("that is too large is refused for that reason (%s)", async ([, headers]) => {
    const { verdict } = await verify(headers, BOTH, null);
    expect(verdict).toEqual({ ok: false, reason: "body_too_large" });
  });
});

it("a clock that makes no sense accepts nothing", async () => {
  const { verdict } = await verify(signed(), SIGNING, BODY, Number.NaN);
  expect(verdict).toEqual({ ok: false, reason: "timestamp_stale" });
});
