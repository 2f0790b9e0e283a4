import { describe, expect, it, test } from "vitest";
import type { Env } from "../../src/env.ts";
import { hookAddress } from "../../src/slack/hook-address.ts";

const PRIVATE = "0123456789abcdef";
const TRIGGER = `https://hooks.slack.com/triggers/T0/1/${PRIVATE}`;
const ORIGINS = ["https://hooks.slack.com"];

function address(url: string, secrets: Record<string, unknown> = {}) {
  return hookAddress(url, ORIGINS, secrets as unknown as Env);
}

describe("the address of a hook", () => {
  it("is the url itself or the secret it names", () => {
    expect(address(TRIGGER)).toEqual({ ok: true, url: TRIGGER });
    expect(address("secret:A_URL", { A_URL: TRIGGER })).toEqual({ ok: true, url: TRIGGER });
  });

  test.for<
    [name: string, url: string, secrets: Record<string, unknown>, code: string, said: string]
  >([
    ["a missing secret", "secret:A_URL", {}, "secret_missing", "the Worker has no secret A_URL"],
    [
      "an empty secret",
      "secret:A_URL",
      { A_URL: "" },
      "secret_missing",
      "the Worker has no secret A_URL",
    ],
    [
      "a binding that is no secret",
      "secret:RELAY",
      { RELAY: {} },
      "secret_missing",
      "the Worker has no secret RELAY",
    ],
    [
      "a property of every object",
      "secret:toString",
      {},
      "secret_missing",
      "the Worker has no secret toString",
    ],
    [
      "a secret that is no URL",
      "secret:A_URL",
      { A_URL: PRIVATE },
      "url_unusable",
      "the secret A_URL is not a URL",
    ],
    ["a url that is none", PRIVATE, {}, "url_unusable", "the url is not a URL"],
    [
      "another origin",
      `https://evil.test/triggers/${PRIVATE}`,
      {},
      "origin_not_allowed",
      "the origin https://evil.test is not one of SLACK_HOOK_ORIGINS (https://hooks.slack.com)",
    ],
    [
      "another origin in a secret",
      "secret:A_URL",
      { A_URL: `https://evil.test/${PRIVATE}` },
      "origin_not_allowed",
      "the origin https://evil.test is not one of SLACK_HOOK_ORIGINS (https://hooks.slack.com)",
    ],
  ])("is refused for %s", ([, url, secrets, code, said]) => {
    const refused = address(url, secrets);
    expect(refused).toEqual({ ok: false, code, said, fix: expect.stringMatching(/^[A-Z].+\.$/) });
    expect(JSON.stringify(refused)).not.toContain(PRIVATE);
  });

  test.for([
    "http://hooks.slack.com/triggers/x",
    "https://hooks.slack.com:8443/triggers/x",
    "https://hooks.slack.com.evil.test/triggers/x",
    "https://hooks.slack.com@evil.test/triggers/x",
    "https://evil.test/https://hooks.slack.com/",
    "https://evil.test#https://hooks.slack.com/",
    "https://evil.test\\@hooks.slack.com/",
    "javascript:fetch('https://hooks.slack.com/')",
    "data:text/plain,x",
  ])("is never %s", (url) => {
    expect(address(url).ok).toBe(false);
  });

  it("may have any of several origins", () => {
    const origins = ["https://hooks.slack.com", "https://hooks.slack-gov.com"];
    const url = "https://hooks.slack-gov.com/services/T0/B0/x";
    expect(hookAddress(url, origins, {} as Env)).toEqual({ ok: true, url });
  });
});
