import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { verifyRequest, type SlackRefusal } from "../../src/slack/verify-request.ts";

/** The one that Slack documents: docs.slack.dev, "Verifying requests from Slack". */
const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const TIMESTAMP = "1531420618";
const BODY =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

type Request = {
  body?: string | Uint8Array;
  timestamp?: string | null;
  signature?: string | null;
  secret?: string | undefined;
  now?: number;
};

/** What is said of the documented request with changes. */
function verdict(changes: Request = {}): SlackRefusal | null {
  const { body, timestamp, signature, secret, now } = {
    body: BODY,
    timestamp: TIMESTAMP,
    signature: SIGNATURE,
    secret: SECRET,
    now: Number(TIMESTAMP) * 1000,
    ...changes,
  };
  const headers = new Headers();
  if (timestamp !== null) headers.set("x-slack-request-timestamp", timestamp);
  if (signature !== null) headers.set("x-slack-signature", signature);
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return verifyRequest(headers, bytes, secret, now);
}

/** An independent signer: Web Crypto over one buffer, where the code has Node's HMAC in two steps. */
async function sign(secret: string, timestamp: string, body: Uint8Array): Promise<string> {
  const encoder = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), hmac, false, ["sign"]);
  const start = encoder.encode(`v0:${timestamp}:`);
  const signed = new Uint8Array(start.length + body.length);
  signed.set(start);
  signed.set(body, start.length);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, signed));
  return `v0=${Array.from(mac, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Every way to exchange one character of a text for another. */
function withOneChanged(text: string): string[] {
  return Array.from(text, (character, at) => {
    const other = character === "0" ? "1" : "0";
    return text.slice(0, at) + other + text.slice(at + 1);
  });
}

describe("the request that Slack documents", () => {
  it("is genuine", () => {
    expect(verdict()).toBeNull();
  });

  test.for(["body", "secret", "signature", "timestamp"] as const)(
    "is not when one byte of its %s is another",
    (name) => {
      const original = { body: BODY, secret: SECRET, signature: SIGNATURE, timestamp: TIMESTAMP };
      for (const changed of withOneChanged(original[name])) {
        // The clock goes along with the timestamp, so that nothing but the signature can be wrong.
        const now = Number(name === "timestamp" ? changed : TIMESTAMP) * 1000;
        expect([changed, verdict({ [name]: changed, now })]).toEqual([changed, "signature_wrong"]);
      }
    },
  );

  it("is not when one bit of its body is another", () => {
    const bytes = new TextEncoder().encode(BODY);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verdict({ body: changed })).toBe("signature_wrong");
    }
  });

  it("is not with more or less of a body", () => {
    for (const body of [`${BODY} `, ` ${BODY}`, `${BODY}\n`, BODY.slice(1), BODY.slice(0, -1), ""])
      expect(verdict({ body })).toBe("signature_wrong");
  });

  it("is not when the last digit of its timestamp moves into its body", () => {
    const [timestamp, digit] = [TIMESTAMP.slice(0, -1), TIMESTAMP.slice(-1)];
    const now = Number(timestamp) * 1000;
    for (const body of [digit + BODY, `${digit}:${BODY}`])
      expect(verdict({ timestamp, body, now })).toBe("signature_wrong");
  });

  it("is genuine when the secret was stored with white space around it", () => {
    expect(verdict({ secret: ` ${SECRET}\n` })).toBeNull();
  });
});

describe("a signature", () => {
  test.for<[name: string, signature: string]>([
    ["without its version", SIGNATURE.slice(3)],
    ["of another version", `v1=${SIGNATURE.slice(3)}`],
    ["of a version in upper case", `V0=${SIGNATURE.slice(3)}`],
    ["in upper case", `v0=${SIGNATURE.slice(3).toUpperCase()}`],
    ["that is too short", SIGNATURE.slice(0, -1)],
    ["that is too long", `${SIGNATURE}0`],
    ["twice", `${SIGNATURE},${SIGNATURE}`],
    ["in a list", `${SIGNATURE} ${SIGNATURE}`],
    ["without a value", "v0="],
    ["without a sign", "v0"],
    ["of zeros", `v0=${"0".repeat(64)}`],
    ["in base64", `v0=${Buffer.from(SIGNATURE.slice(3), "hex").toString("base64")}`],
    ["of 100,000 characters", `v0=${"x".repeat(100_000)}`],
    ["of other characters in as many bytes", `v0=${"é".repeat(32)}`],
  ])("%s is refused", ([, signature]) => {
    expect(verdict({ signature })).toBe("signature_wrong");
  });
});

describe("a timestamp", () => {
  /** How far the clock is from the timestamp, in seconds: the signature is right. */
  test.for<[seconds: number, refusal: SlackRefusal | null]>([
    [0, null],
    [299, null],
    [300, null],
    [300.001, "timestamp_stale"],
    [301, "timestamp_stale"],
    [86_400, "timestamp_stale"],
    [-1, null],
    [-300, null],
    [-300.001, "timestamp_stale"],
    [-301, "timestamp_stale"],
    [-86_400, "timestamp_stale"],
  ])("that is %s seconds old: %s", ([seconds, refusal]) => {
    expect(verdict({ now: (Number(TIMESTAMP) + seconds) * 1000 })).toBe(refusal);
  });

  test.for([
    "NaN",
    "-1531420618",
    "+1531420618",
    "0x5b479c8a",
    "1531420618.0",
    "1.531420618e9",
    "1e9",
    "Infinity",
    "1531420618000000",
    "153 1420618",
    "1531420618,1531420618",
    "1531420618;",
    "v0:1531420618",
    "1531420618000",
    "2018-07-12T18:36:58Z",
    "null",
    "true",
  ])("that is written %j is malformed, whatever its signature", async (timestamp) => {
    const signature = await sign(SECRET, timestamp, new TextEncoder().encode(BODY));
    expect(verdict({ timestamp, signature })).toBe("timestamp_malformed");
  });

  it("of a far future is stale, whatever its signature", async () => {
    const timestamp = "999999999999";
    const signature = await sign(SECRET, timestamp, new TextEncoder().encode(BODY));
    expect(verdict({ timestamp, signature })).toBe("timestamp_stale");
  });

  it("is never in time by a clock that is none", () => {
    expect(verdict({ now: Number.NaN })).toBe("timestamp_stale");
  });
});

describe("a header that is missing", () => {
  test.for<[timestamp: string | null, signature: string | null]>([
    [TIMESTAMP, null],
    [null, SIGNATURE],
    [null, null],
    [TIMESTAMP, ""],
    ["", SIGNATURE],
    ["", ""],
  ])("is said: timestamp %j, signature %j", ([timestamp, signature]) => {
    expect(verdict({ timestamp, signature })).toBe("signature_missing");
  });
});

describe("a secret that is not configured", () => {
  test.for([undefined, "", " ", "\n\t "])(
    "(%j) refuses everything, also what is signed with it",
    async (secret) => {
      const body = new TextEncoder().encode(BODY);
      expect(verdict({ secret })).toBe("no_secret_configured");
      for (const key of [secret ?? "", "undefined", "null"]) {
        // Web Crypto takes no empty key; HMAC pads a short one with zeros, so one zero is the same key.
        const signature = await sign(key === "" ? "\0" : key, TIMESTAMP, body);
        expect(verdict({ secret, signature })).toBe("no_secret_configured");
      }
    },
  );
});

describe("what another implementation signs", () => {
  const printable = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 64 });
  const secrets = printable.filter((secret) => secret.trim() !== "");

  it("is genuine, whatever the body and the secret are", async () => {
    await fc.assert(
      fc.asyncProperty(
        secrets,
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 0, max: 999_999_999_999 }),
        fc.integer({ min: -300, max: 300 }),
        async (secret, body, seconds, age) => {
          const timestamp = String(seconds);
          const signature = await sign(secret.trim(), timestamp, body);
          const now = (seconds + age) * 1000;
          expect(verdict({ secret, body, timestamp, signature, now })).toBeNull();
        },
      ),
    );
  });

  it("is refused when it was signed with another secret, or about another body", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(secrets, secrets).filter(([one, other]) => one.trim() !== other.trim()),
        fc.tuple(fc.uint8Array(), fc.uint8Array()),
        async ([secret, stranger], [body, other]) => {
          const strange = await sign(stranger.trim(), TIMESTAMP, body);
          expect(verdict({ secret, body, signature: strange })).toBe("signature_wrong");
          const signature = await sign(secret.trim(), TIMESTAMP, other);
          const isSame = Buffer.compare(body, other) === 0;
          expect(verdict({ secret, body, signature })).toBe(isSame ? null : "signature_wrong");
        },
      ),
    );
  });
});
