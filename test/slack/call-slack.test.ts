import { afterEach, describe, expect, it, test, vi } from "vitest";
import { callSlack, slackApi, type SlackArguments } from "../../src/slack/call-slack.ts";
import type { Env } from "../../src/env.ts";
import { readSettings } from "../../src/settings.ts";
import { SLACK } from "./doors.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const BROKEN_OFF = new TypeError("Network connection lost.");

/** Calls a method of a Slack that answers so; `read` says what of the answer counts. */
async function called(answer: () => Response, read = (said: object): unknown => said) {
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => answer());
  return await callSlack(SLACK, "auth.test", {}, read);
}

/** The request that leaves for these arguments. */
async function sent(given: SlackArguments): Promise<Request> {
  const requests: Request[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    requests.push(new Request(input as RequestInfo, init as RequestInit));
    return Response.json({ ok: true });
  });
  await callSlack(SLACK, "chat.postMessage", given, () => null);
  const [request] = requests;
  if (request === undefined) throw new Error("nothing was sent");
  return request;
}

function json(body: unknown, headers: Record<string, string> = {}): () => Response {
  return () => Response.json(body, { headers });
}

function body(text: string, status = 200, headers: Record<string, string> = {}): () => Response {
  return () => new Response(text, { status, headers });
}

/** An answer that breaks off after its beginning. */
function broken(beginning: string, status = 200): () => Response {
  return () => {
    const start = new TextEncoder().encode(beginning);
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(start),
      pull: (controller) => controller.error(BROKEN_OFF),
    });
    return new Response(stream, { status });
  };
}

describe("a method", () => {
  it("is posted to its address with the token in a header", async () => {
    const request = await sent({});
    expect([request.method, request.url]).toEqual([
      "POST",
      "https://slack.test/api/chat.postMessage",
    ]);
    expect(request.headers.get("authorization")).toBe("Bearer xoxb-t");
  });

  it("is given a form, in which objects and lists are JSON and what is undefined is not", async () => {
    const request = await sent({
      text: "a & b = ü 🎉\n",
      blocks: [{ type: "divider" }],
      metadata: { event_type: "x" },
      limit: 2,
      inclusive: true,
      thread_ts: undefined,
    });
    expect(request.headers.get("content-type")).toMatch(/^application\/x-www-form-urlencoded/);
    expect([...new URLSearchParams(await request.text())]).toEqual([
      ["text", "a & b = ü 🎉\n"],
      ["blocks", '[{"type":"divider"}]'],
      ["metadata", '{"event_type":"x"}'],
      ["limit", "2"],
      ["inclusive", "true"],
    ]);
  });

  it("has its address below that of the settings, with or without a slash at the end", () => {
    const apiUrlFor = (SLACK_API_URL: string) => {
      const env = { SLACK_API_URL, SLACK_BOT_TOKEN: " xoxb-t\n" } as Env;
      return slackApi(env, readSettings(env));
    };
    const api = { token: "xoxb-t", apiUrl: "https://slack.test/api/" };
    expect(apiUrlFor("https://slack.test/api/")).toEqual(api);
    expect(apiUrlFor("https://slack.test/api")).toEqual(api);
  });
});

describe("an answer that is ok", () => {
  it("is read, with the scopes that Slack says the app has", async () => {
    const headers = { "x-oauth-scopes": "chat:write, users:read" };
    const answer = json({ ok: true, user_id: "U1", warning: "missing_charset" }, headers);
    expect(await called(answer, (said) => (said as { user_id: string }).user_id)).toEqual({
      ok: true,
      value: "U1",
      scopes: ["chat:write", "users:read"],
    });
  });

  it("may be a long one", async () => {
    const text = "ü".repeat(400_000);
    const chunks = new TextEncoder().encode(JSON.stringify({ ok: true, text }));
    const answer = () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start(controller) {
            // Not at the borders of characters.
            for (let at = 0; at < chunks.length; at += 4_095)
              controller.enqueue(chunks.slice(at, at + 4_095));
            controller.close();
          },
        }),
      );
    expect(await called(answer, (said) => (said as { text: string }).text === text)).toMatchObject({
      ok: true,
      value: true,
    });
  });
});

const NOT_SLACK = { outcome: "blocked", cause: "configuration", code: "not_slack" };
const DOUBT = { outcome: "retry", maybePosted: true };

describe("an answer that is not", () => {
  test.for<[name: string, answer: () => Response, failure: object]>([
    // Slack's words.
    [
      "a word",
      json({ ok: false, error: "unheard_of" }),
      { maybePosted: false, said: "unheard_of" },
    ],
    ["no word", json({ ok: false }), { maybePosted: false, said: "no reason given" }],
    [
      "a scope",
      json({ ok: false, error: "missing_scope", needed: "im:write,chat:write" }),
      {
        outcome: "blocked",
        code: "missing_scope",
        scope: "im:write,chat:write",
        said: "missing_scope; needed: im:write,chat:write",
        fix: expect.stringMatching(/^The Slack app lacks the scope im:write or chat:write\. /),
      },
    ],
    [
      "what is wrong with the blocks",
      json({ ok: false, error: "invalid_blocks", errors: ["too long", 7] }),
      { outcome: "refused", said: "invalid_blocks; too long" },
    ],
    [
      "patience, in words",
      json({ ok: false, error: "ratelimited" }, { "retry-after": "7" }),
      { outcome: "wait", afterMs: 7_000, status: 200, said: "ratelimited" },
    ],
    ["a long word", json({ ok: false, error: "x".repeat(999) }), { said: "x".repeat(300) }],
    // Statuses.
    [
      "429",
      body("<html>", 429, { "retry-after": "7" }),
      { outcome: "wait", afterMs: 7_000, status: 429, said: "rate limited" },
    ],
    ["429 without more", broken("", 429), { outcome: "wait", afterMs: null, status: 429 }],
    [
      "a redirect",
      body("", 302, { location: "https://a.test" }),
      { ...NOT_SLACK, said: "HTTP 302" },
    ],
    ["404", broken("nothing", 404), { ...NOT_SLACK, status: 404, said: "HTTP 404" }],
    ["403 in JSON", () => Response.json({ ok: false }, { status: 403 }), NOT_SLACK],
    ["500", broken("<html>", 500), { ...DOUBT, status: 500, said: "HTTP 500" }],
    ["204", () => new Response(null, { status: 204 }), { ...DOUBT, status: 204, said: "HTTP 204" }],
    // No answer of Slack's: nobody knows what was done.
    ["cut by the network", broken('{"ok":true,'), { ...DOUBT, said: "Network connection lost." }],
    [
      "cut by a proxy",
      body('{"ok":true,"chan'),
      { ...DOUBT, said: expect.stringMatching(/^not an answer of Slack's: /) },
    ],
    [
      "a portal's page",
      body("<html>at https://a.test/secret</html>"),
      { ...DOUBT, said: expect.stringMatching(/at …$/) },
    ],
    ["nothing", body(" \n"), { ...DOUBT, said: "not an answer of Slack's: nothing" }],
    ...[null, 7, "ok", [], {}, { ok: "true" }, { ok: 1 }].map(
      (odd): [string, () => Response, object] => [JSON.stringify(odd), json(odd), DOUBT],
    ),
  ])("%s", async ([, answer, failure]) => {
    expect(await called(answer)).toMatchObject({ ok: false, answer: failure });
  });

  it("never says the token, whatever the exception quotes", async () => {
    const failed = await called(() => {
      throw new TypeError("Invalid header value: Bearer xoxb-t");
    });
    expect(failed).toEqual({
      ok: false,
      answer: { ...DOUBT, status: null, said: "Invalid header value: Bearer …" },
      isSlacks: false,
    });
  });
});

describe("what is not wanted of an answer", () => {
  it("is not fetched: an endless one fills no memory", async () => {
    let pulled = 0;
    const chunk = new Uint8Array(65_536).fill(120);
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(chunk);
        },
      });
    expect(await called(() => new Response(endless()))).toMatchObject({ answer: DOUBT });
    expect(pulled).toBeLessThan(80);
  });

  it("is left: its connection is given back", async () => {
    let cancelled = false;
    const answer = () =>
      new Response(new ReadableStream({ cancel: () => void (cancelled = true) }), { status: 503 });
    await called(answer);
    expect(cancelled).toBe(true);
  });
});
