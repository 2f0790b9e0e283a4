import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { ORIGIN } from "../../webhook.ts";
import { createWorld, endWorld, settled } from "../../world.ts";
import { sessionCookie, visit } from "./visit.ts";

const PAUSE = "/admin/destinations/channel/pause";

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

/** Sends a form with an editor's session, as some page somewhere has the editor's browser send it. */
async function forge(headers: Record<string, string>, body = "why=forged"): Promise<Response> {
  const cookie = await sessionCookie("edit", "Amina Okafor");
  return await exports.default.fetch(
    new Request(ORIGIN + PAUSE, {
      method: "POST",
      headers: { cookie, ...headers },
      body: new TextEncoder().encode(body),
      redirect: "manual",
    }),
  );
}

/** Whether the destination is paused, as anybody sees. */
async function isPaused(): Promise<boolean> {
  const page = await visit("/admin/destinations");
  expect(page.status).toBe(200);
  return (await page.text()).includes("/admin/destinations/channel/resume");
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

describe("a form that another site has an editor's browser send", () => {
  test.for<[string, Record<string, string>]>([
    ["with another origin", { ...FORM, origin: "https://evil.test" }],
    ["with no origin that it says", { ...FORM, origin: "null" }],
    ["with an origin that looks alike", { ...FORM, origin: `${ORIGIN}.evil.test` }],
    ["with the same name over http", { ...FORM, origin: ORIGIN.replace("https", "http") }],
    ["with another port", { ...FORM, origin: `${ORIGIN}:8443` }],
    ["across sites", { ...FORM, "sec-fetch-site": "cross-site" }],
    ["from a neighbouring name", { ...FORM, "sec-fetch-site": "same-site" }],
    ["without any of it", FORM],
    ["that pretends to refer to the console", { ...FORM, referer: `${ORIGIN}/admin` }],
    ["as text", { "content-type": "text/plain", origin: "https://evil.test" }],
    ["as text, in capitals", { "content-type": "TEXT/PLAIN", origin: "https://evil.test" }],
    ["in parts", { "content-type": "multipart/form-data; boundary=x", origin: "null" }],
    ["without a type", { origin: "https://evil.test" }],
    ["pretending to be htmx", { ...FORM, origin: "https://evil.test", "hx-request": "true" }],
  ])("is refused, and changes nothing: %s", async ([, headers]) => {
    const response = await forge(headers);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain("not sent by a page of this console");
    await settled("publisher");
    expect(await isPaused()).toBe(false);
  });

  it("while the console's own form does what it says", async () => {
    const response = await forge({ ...FORM, origin: ORIGIN, "sec-fetch-site": "same-origin" });
    expect(response.status).toBe(303);
    expect(await isPaused()).toBe(true);
  });

  it("does not sign anybody in or out", async () => {
    for (const path of ["/admin/sign-in", "/admin/sign-out"]) {
      const response = await visit(path, {
        form: { name: "Mallory", token: "viewer-token" },
        headers: { origin: "https://evil.test", "sec-fetch-site": "cross-site" },
      });
      expect(response.status).toBe(403);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
});

describe("a page of the console", () => {
  test.for(["/admin/sign-in", "/admin/no-such-page", "/admin/destinations"])(
    "%s runs no script but its own, stands in no frame, and is not kept",
    async (path) => {
      const { headers } = await visit(path, { role: path.endsWith("sign-in") ? null : "edit" });
      expect(headers.get("content-type")).toMatch(/^text\/html/);
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy.split("; ")).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "frame-ancestors 'none'",
          "form-action 'self'",
          "base-uri 'none'",
        ]),
      );
      expect(policy).not.toContain("unsafe");
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        // "no-referrer" would make browsers send "Origin: null" with the console's own forms.
        "referrer-policy": "same-origin",
      });
    },
  );
});
