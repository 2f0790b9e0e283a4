import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { answerUrl } from "../../src/slack/answer-url.ts";

const SLACK = { hookOrigins: ["https://hooks.slack.com", "https://slack.test"] };
const SECRET = "96rGlfmibIGlgcZRskXaIFfN";
const URL_OF_SLACK = `https://hooks.slack.com/commands/T1DC2JH3J/397700885554/${SECRET}`;

let lines: string[];
const called = vi.fn<typeof fetch>();

beforeEach(() => {
  lines = [];
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...said) => lines.push(said.map(String).join(" ")));
  called.mockReset().mockImplementation(async () => new Response("ok"));
  vi.spyOn(globalThis, "fetch").mockImplementation(called);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What was logged, without the address: nobody may answer with it but us. */
function logged(): unknown[] {
  expect(lines.join("\n")).not.toContain(SECRET);
  expect(lines.join("\n")).not.toContain("/commands/");
  return lines.map((line): unknown => JSON.parse(line));
}

describe("an answer at the address that Slack gave", () => {
  it("is sent there, for the one who asked alone", async () => {
    await answerUrl(URL_OF_SLACK, "*Because* <https://x.test/|of this>", SLACK);
    expect(called).toHaveBeenCalledTimes(1);
    const [url, init] = called.mock.calls[0] ?? [];
    expect(url).toBe(URL_OF_SLACK);
    expect(init).toMatchObject({ method: "POST", redirect: "manual" });
    expect(new Headers(init?.headers).get("content-type")).toMatch(/^application\/json\b/);
    expect(new Headers(init?.headers).get("authorization")).toBeNull();
    expect(JSON.parse(init?.body as string)).toEqual({
      response_type: "ephemeral",
      text: "*Because* <https://x.test/|of this>",
      replace_original: false,
    });
    expect(logged()).toEqual([]);
  });

  test.for([
    "https://slack.test/commands/x",
    "https://hooks.slack.com:443/commands/x",
    "HTTPS://HOOKS.SLACK.COM/commands/x",
    "https://evil@hooks.slack.com/commands/x",
  ])("is sent to an origin of Slack's: %s", async (url) => {
    await answerUrl(url, "Hello", SLACK);
    expect(called).toHaveBeenCalledTimes(1);
  });

  test.for([
    `https://evil.test/commands/${SECRET}`,
    `http://hooks.slack.com/commands/${SECRET}`,
    `https://hooks.slack.com:8443/commands/${SECRET}`,
    `https://hooks.slack.com.evil.test/commands/${SECRET}`,
    `https://hooks.slack.com@evil.test/commands/${SECRET}`,
    `https://evil.test/https://hooks.slack.com/commands/${SECRET}`,
    `https://evil.test\\@hooks.slack.com/commands/${SECRET}`,
    `//hooks.slack.com/commands/${SECRET}`,
    `/commands/${SECRET}`,
    `file:///commands/${SECRET}`,
    `data:text/plain,${SECRET}`,
    "javascript:alert(1)",
    "null",
    " ",
    "",
    null,
  ])("is sent nowhere else: %s", async (url) => {
    await answerUrl(url, "Hello", SLACK);
    expect(called).not.toHaveBeenCalled();
    expect(logged()).toEqual([
      {
        event: "answer_impossible",
        reason: "the address is not within https://hooks.slack.com, https://slack.test",
      },
    ]);
  });

  it("is sent nowhere where no origin is Slack's", async () => {
    for (const url of [URL_OF_SLACK, "data:text/plain,x", null])
      await answerUrl(url, "Hello", { hookOrigins: [] });
    expect(called).not.toHaveBeenCalled();
  });

  test.for([302, 400, 404, 410, 429, 500, 503])(
    "that is refused with %s is logged and not sent again",
    async (status) => {
      called.mockImplementation(
        async () =>
          new Response(`expired: ${URL_OF_SLACK}`, { status, headers: { location: "/" } }),
      );
      await answerUrl(URL_OF_SLACK, "Hello", SLACK);
      expect(called).toHaveBeenCalledTimes(1);
      expect(logged()).toEqual([{ event: "answer_refused", status }]);
    },
  );

  test.for<[name: string, error: unknown]>([
    ["TypeError", new TypeError(`Failed to fetch ${URL_OF_SLACK}`)],
    ["Error", new Error(`Network connection lost: ${URL_OF_SLACK}`)],
    ["unknown", URL_OF_SLACK],
  ])("that fails is logged as %s, without what the exception quotes", async ([error, thrown]) => {
    called.mockImplementation(() => Promise.reject(thrown));
    await answerUrl(URL_OF_SLACK, "Hello", SLACK);
    expect(logged()).toEqual([{ event: "answer_failed", error }]);
  });

  it("is given up after five seconds, and no timer is left behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    called.mockImplementation(
      (_url, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        }),
    );
    const answering = answerUrl(URL_OF_SLACK, "Hello", SLACK);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(logged()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await answering;
    expect(logged()).toEqual([{ event: "answer_failed", error: "Error" }]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
