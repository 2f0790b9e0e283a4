import { describe, expect, test } from "vitest";
import { hookTarget } from "../../../src/gitlab/hooks-api/hook-target.ts";
import { shownUrl } from "../../../src/gitlab/hooks-api/shown-url.ts";

const WORKER = "https://causeway.example.com";
const here = { to: "here", encrypted: true } as const;

describe("where a webhook's URL leads", () => {
  test.for<[url: string, target: object]>([
    [`${WORKER}/gitlab/webhooks/acme/site`, { ...here, path: "acme/site" }],
    [`${WORKER}/gitlab/webhooks/Acme%2FSite/`, { ...here, path: "Acme/Site" }],
    [`${WORKER}/gitlab/webhooks`, { ...here, path: null }],
    [`${WORKER}:443/gitlab/webhooks/`, { ...here, path: null }],
    ["HTTP://Causeway.example.com/gitlab/webhooks/a", { to: "here", path: "a", encrypted: false }],
    [
      `${WORKER}:8443/gitlab/webhooks/a`,
      { to: "elsewhere", path: "a", host: "causeway.example.com:8443" },
    ],
    [
      "https://old.example.com/gitlab/webhooks/a/b",
      { to: "elsewhere", path: "a/b", host: "old.example.com" },
    ],
    [`${WORKER}/gitlab/webhooksa`, { to: "others" }],
    [`${WORKER}/slack/events`, { to: "others" }],
    ["https://hooks.slack.com/services/T/B/secret", { to: "others" }],
    ["not a url", { to: "others" }],
  ])("%s", ([url, target]) => {
    expect(hookTarget(url, WORKER)).toEqual(target);
  });

  test.for([
    ["https://hooks.slack.com/services/T/B/secret", "https://hooks.slack.com/…"],
    [
      "https://user:secret@old.example.com/gitlab/webhooks/a?key=secret",
      "https://old.example.com/gitlab/webhooks/a",
    ],
    ["{secret}", "(unreadable)"],
  ] as const)("is shown without secrets: %s", ([url, shown]) => {
    expect(shownUrl(url, hookTarget(url, WORKER))).toBe(shown);
  });
});
