import { strict as assert } from "node:assert";
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe } from "vitest";
import { secretsFor, verifyDelivery } from "../../../src/gitlab/verify-delivery.ts";
import { verifyRequest } from "../../../src/slack/verify-request.ts";
import { fuzz } from "../fuzz.ts";

const NOW = Date.parse("2026-11-20T10:00:00Z");
const encoder = new TextEncoder();

const whsec = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
const [CURRENT, BEFORE, STRANGER] = [whsec(1), whsec(2), whsec(3)];
const [PLAIN, MASTER, SLACK] = ["plain-token", "master-secret", "8f742231b10e8888abcd99yyyzzz85a5"];

/** What can stand in a header: Latin text in one line. */
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});

function mac(
  key: string | Uint8Array,
  message: string,
  body: Uint8Array,
  as: "hex" | "base64",
): string {
  return createHmac("sha256", key)
    .update(Buffer.concat([encoder.encode(message), body]))
    .digest(as);
}

/** A text with one character changed, added or taken away. */
function nearly(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.nat(text.length),
      fc.nat(1),
      headerText.filter((each) => each !== ""),
    )
    .map(([at, gone, put]) => text.slice(0, at) + put.slice(0, 1 - gone) + text.slice(at + 1));
}

const bytes = fc.uint8Array({ maxLength: 60 });
const seconds = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: -400, max: 400 }) },
  { weight: 1, arbitrary: fc.integer() },
);
const timestamps = fc.oneof(
  { weight: 6, arbitrary: seconds.map((age) => String(NOW / 1000 + age)) },
  { weight: 1, arbitrary: headerText },
  { weight: 1, arbitrary: fc.constantFrom("NaN", "Infinity", "1e9", "0x5b479c8a", "-1", " ", "") },
);

/** A header or none; as the runtime gives it to the code, without white space around it. */
function given(headers: Headers, name: string): string {
  return headers.get(name) ?? "";
}

describe("GitLab's deliveries", () => {
  const keys = fc.constantFrom(CURRENT, BEFORE, STRANGER, derived("acme/widgets"), derived("acme"));
  const entry = (id: string, timestamp: string, body: Uint8Array): fc.Arbitrary<string> =>
    keys.chain((token) => {
      const key = Buffer.from(token.replace(/^whsec_/, ""), "base64");
      const right = `v1,${mac(key, `${id}.${timestamp}.`, body, "base64")}`;
      return fc.oneof(
        { weight: 4, arbitrary: fc.constant(right) },
        { weight: 1, arbitrary: nearly(right) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(right.slice(3), `v2,${right.slice(3)}`, right.toLowerCase()),
        },
        { weight: 1, arbitrary: headerText },
      );
    });

  const request = fc.tuple(headerText, timestamps, bytes).chain(([id, timestamp, body]) =>
    fc.record({
      id: fc.oneof(
        { weight: 5, arbitrary: fc.constant(id) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      timestamp: fc.constantFrom(timestamp, timestamp, timestamp, null),
      signature: fc.option(
        // What a header loses around it is not signed either.
        fc
          .array(entry(id.trim(), timestamp.trim(), body), { maxLength: 3 })
          .map((all) => all.join(" ")),
        { freq: 4 },
      ),
      token: fc.option(
        fc.oneof(
          fc.constantFrom(PLAIN, derived("acme/widgets"), derived("acme"), CURRENT, ""),
          nearly(PLAIN),
        ),
      ),
      body: fc.oneof({ weight: 4, arbitrary: fc.constant(body) }, { weight: 1, arbitrary: bytes }),
      signingTokens: fc.subarray([CURRENT, BEFORE]),
      secretTokens: fc.subarray([PLAIN]),
      hookPath: fc.constantFrom(null, "acme/widgets"),
      now: fc.constantFrom(NOW, NOW, NOW, NOW, Number.NaN),
    }),
  );

  fuzz(
    "are taken if and only if a right key signed them, or the token is right",
    request,
    async (each) => {
      const headers = new Headers();
      if (each.id !== null) headers.set("webhook-id", each.id);
      if (each.timestamp !== null) headers.set("webhook-timestamp", each.timestamp);
      if (each.signature !== null) headers.set("webhook-signature", each.signature);
      if (each.token !== null) headers.set("x-gitlab-token", each.token);
      const { signingTokens, secretTokens, hookPath, now, body } = each;
      const secrets = secretsFor(
        { signingTokens, secretTokens, masterSecrets: [MASTER] },
        hookPath,
      );
      let read = 0;
      const verdict = await verifyDelivery(headers, secrets, now, async () => {
        read += 1;
        return body;
      });
      const ofPath = hookPath === null ? [] : [derived(hookPath)];
      const [id, timestamp] = [given(headers, "webhook-id"), given(headers, "webhook-timestamp")];
      const right = [...signingTokens, ...ofPath].map((token) => {
        const key = Buffer.from(token.slice("whsec_".length), "base64");
        return `v1,${mac(key, `${id}.${timestamp}.`, body, "base64")}`;
      });
      const isSigned =
        id !== "" &&
        /^[0-9]{1,12}$/.test(timestamp) &&
        Math.abs(Number(timestamp) - now / 1000) <= 300 &&
        given(headers, "webhook-signature")
          .split(" ")
          .some((one) => right.includes(one));
      const hasToken = [...secretTokens, ...ofPath].includes(given(headers, "x-gitlab-token"));
      assert.equal(verdict.ok, headers.has("webhook-signature") ? isSigned : hasToken);
      assert.ok(read <= 1);
    },
  );

  function derived(path: string): string {
    return `whsec_${createHmac("sha256", MASTER).update(path).digest("base64")}`;
  }
});

describe("Slack's requests", () => {
  const request = fc.tuple(timestamps, bytes).chain(([timestamp, body]) => {
    const right = `v0=${mac(SLACK, `v0:${timestamp.trim()}:`, body, "hex")}`;
    return fc.record({
      timestamp: fc.constantFrom(timestamp, timestamp, timestamp, null),
      signature: fc.oneof(
        { weight: 5, arbitrary: fc.constant(right) },
        { weight: 2, arbitrary: nearly(right) },
        { weight: 1, arbitrary: fc.constantFrom(right.toUpperCase(), `${right},${right}`, null) },
        { weight: 1, arbitrary: headerText },
      ),
      body: fc.oneof({ weight: 4, arbitrary: fc.constant(body) }, { weight: 1, arbitrary: bytes }),
      secret: fc.constantFrom(SLACK, SLACK, SLACK, ` ${SLACK}\n`, "other", "", " ", undefined),
      now: fc.constantFrom(NOW, NOW, NOW, NOW, Number.NaN),
    });
  });

  fuzz("are taken if and only if they are signed, and in time", request, (each) => {
    const headers = new Headers();
    if (each.timestamp !== null) headers.set("x-slack-request-timestamp", each.timestamp);
    if (each.signature !== null) headers.set("x-slack-signature", each.signature);
    const timestamp = given(headers, "x-slack-request-timestamp");
    const isSigned =
      each.secret?.trim() === SLACK &&
      /^[0-9]{1,12}$/.test(timestamp) &&
      Math.abs(Number(timestamp) - each.now / 1000) <= 300 &&
      given(headers, "x-slack-signature") ===
        `v0=${mac(SLACK, `v0:${timestamp}:`, each.body, "hex")}`;
    const refusal = verifyRequest(headers, each.body, each.secret, each.now);
    assert.equal(refusal === null, isSigned);
  });
});
