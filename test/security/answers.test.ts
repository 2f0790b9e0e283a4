import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { deliver, ORIGIN, webhook } from "../webhook.ts";
import { acme, createWorld, endWorld, settled } from "../world.ts";

const BEARER = { authorization: "Bearer admin-token" };
const MARKUP = "/<script>alert(1)</script>";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

/** One request for each way in which the Worker answers. */
const REQUESTS: [name: string, status: number, request: () => Request][] = [
  ["an accepted webhook", 202, () => webhook(acme(issueOpen))],
  ["a refused webhook", 401, () => webhook({}, { token: "whsec_AAAAAAAAAAAAAAAAAAAAAAAA" })],
  ["a refused event of Slack's", 401, () => ask("/slack/events", { method: "POST" })],
  ["/health", 200, () => ask("/health")],
  ["/health/delivery", 200, () => ask("/health/delivery")],
  ["a stranger at the admin API", 401, () => ask("/admin/api/ledger")],
  ["the ledger", 200, () => ask("/admin/api/ledger", { headers: BEARER })],
  ["a bad question", 400, () => ask("/admin/api/events?limit=x", { headers: BEARER })],
  ["an address with markup in it", 404, () => ask(MARKUP)],
];

describe("an answer", () => {
  test.for(REQUESTS)(
    "to %s is data: not guessed to be a page, not kept, not referred to",
    async ([, status, request]) => {
      const response = await exports.default.fetch(request());
      expect(response.status).toBe(status);
      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
      });
      expect(headers["content-type"]).toMatch(/^application\/json\b/);
      // No site may read it, and no browser keeps anything of it.
      expect(
        Object.keys(headers).filter((name) => /^access-control|^set-cookie$/.test(name)),
      ).toEqual([]);
      await settled();
    },
  );

  it("with a stored body is a file, whatever the body is", async () => {
    const { id } = await deliver(`<html>${MARKUP}`);
    await settled("gitlab/-");
    const response = await exports.default.fetch(
      ask(`/admin/api/events/${id}/body`, { headers: BEARER }),
    );
    expect(await response.text()).toContain(MARKUP);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="body.json"',
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
  });
});

describe("another site's page, in the browser of somebody who keeps Causeway", () => {
  const ORIGIN_OF_OTHERS = { origin: "https://evil.test", "sec-fetch-site": "cross-site" };
  const COOKIES = { cookie: "admin-token=admin-token; authorization=Bearer admin-token" };

  test.for<[name: string, path: string, init: RequestInit]>([
    ["a form", "/events/x/replay", { method: "POST", body: new URLSearchParams({ a: "b" }) }],
    ["a form that brings cookies", "/events/x/replay", { method: "POST", headers: COOKIES }],
    ["a picture", "/ledger", { headers: COOKIES }],
    ["the token in the address", "/ledger?token=admin-token&authorization=Bearer+admin-token", {}],
    [
      "the token in a form",
      "/deliveries/x/retry",
      { method: "POST", body: new URLSearchParams({ token: "admin-token" }) },
    ],
    [
      "the token as a password",
      "/ledger",
      { headers: { authorization: `Basic ${btoa("admin:admin-token")}` } },
    ],
  ])("can do nothing with %s", async ([, path, init]) => {
    const headers = { ...ORIGIN_OF_OTHERS, ...(init.headers as Record<string, string>) };
    const response = await exports.default.fetch(ask(`/admin/api${path}`, { ...init, headers }));
    expect(response.status).toBe(401);
  });

  it("is not told by a preflight that it might", async () => {
    const response = await exports.default.fetch(
      ask("/admin/api/events/x/replay", {
        method: "OPTIONS",
        headers: {
          ...ORIGIN_OF_OTHERS,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization",
        },
      }),
    );
    expect(response.status).toBe(401);
    const allowed = [...response.headers.keys()].filter((name) =>
      name.startsWith("access-control"),
    );
    expect(allowed).toEqual([]);
  });
});

function ask(path: string, init: RequestInit = {}): Request {
  return new Request(ORIGIN + path, init);
}
