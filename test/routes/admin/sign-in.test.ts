import { exports } from "cloudflare:workers";
import { createExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { app } from "../../../routes/app.ts";
import { TEST_SETTINGS } from "../../settings.ts";
import { watchConsole } from "../../security/witness.ts";
import { ORIGIN } from "../../webhook.ts";
import { bindings, createWorld, endWorld } from "../../world.ts";
import { sessionCookie, visit } from "./visit.ts";

const HOUR_MS = 3_600_000;
const GOOD = { name: "Amina Okafor", token: TEST_SETTINGS.ADMIN_TOKEN };

beforeEach(async () => {
  await createWorld();
});
afterEach(endWorld);

async function signIn(
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await visit("/admin/sign-in", { role: null, form: fields, headers });
}

/** The cookie of the session that an answer sets, as a browser sends it; null: it sets none. */
function cookieOf(response: Response): string | null {
  const set = response.headers.getSetCookie().find((each) => each.includes("causeway-session="));
  return set?.split(";")[0] ?? null;
}

/** Whether a request with this cookie gets to a page, rather than to the form. */
async function opens(cookie: string): Promise<boolean> {
  const { status } = await visit("/admin/no-such-page", { role: null, headers: { cookie } });
  return status === 404;
}

describe("signing in", () => {
  test.for([
    ["ADMIN_TOKEN", TEST_SETTINGS.ADMIN_TOKEN, "editor"],
    ["VIEWER_TOKEN", TEST_SETTINGS.VIEWER_TOKEN, "viewer"],
  ] as const)("with %s opens the console", async ([, token, role]) => {
    const response = await signIn({ name: " Amina Okafor ", token: ` ${token}\n` });
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/admin");
    const cookie = cookieOf(response) ?? "";
    const page = await visit("/admin/no-such-page", { role: null, headers: { cookie } });
    expect(page.status).toBe(404);
    const html = await page.text();
    expect(html).toContain("Amina Okafor");
    expect(html).toContain(role);
  });

  it("sets a cookie that scripts, other sites, other paths and other names of the domain cannot use", async () => {
    const response = await signIn(GOOD);
    const set = response.headers.getSetCookie().find((each) => each.includes("session")) ?? "";
    expect(set).toMatch(/^__Host-causeway-session=/);
    expect(set.split("; ").slice(1).toSorted()).toEqual([
      "HttpOnly",
      expect.stringMatching(/^Max-Age=\d+$/),
      "Path=/",
      "SameSite=Lax",
      "Secure",
    ]);
    expect(set).not.toContain(TEST_SETTINGS.ADMIN_TOKEN);
  });

  it("works on http of the own machine, where a cookie cannot be secure, and nowhere else", async () => {
    const ask = async (origin: string) =>
      await exports.default.fetch(
        new Request(`${origin}/admin/sign-in`, {
          method: "POST",
          headers: { origin },
          body: new URLSearchParams(GOOD),
          redirect: "manual",
        }),
      );
    for (const origin of ["http://localhost:8787", "http://127.0.0.1:8787", "http://[::1]:8787"]) {
      const response = await ask(origin);
      expect(response.status).toBe(303);
      const set = response.headers.getSetCookie().find((each) => each.includes("session")) ?? "";
      expect(set).toMatch(/^causeway-session=/);
      expect(set).toContain("; Path=/admin;");
      expect(set).not.toContain("Secure");
    }
    for (const origin of ["http://causeway.test", "http://localhost.evil.test"]) {
      const response = await ask(origin);
      expect(response.status).toBe(403);
      expect(cookieOf(response)).toBeNull();
      expect(await response.text()).toContain("Open the console with https");
    }
  });

  it("remembers the name for the next time", async () => {
    const set = (await signIn(GOOD)).headers.getSetCookie();
    const cookie =
      set.map((each) => each.split(";")[0]).find((each) => each?.includes("name")) ?? "";
    const page = await visit("/admin/sign-in", { role: null, headers: { cookie } });
    expect(await page.text()).toContain('value="Amina Okafor"');
  });

  it("sends whoever is signed in already on", async () => {
    const response = await visit("/admin/sign-in?back=/admin/events");
    expect(response.headers.get("location")).toBe("/admin/events");
  });

  test.for<[string, string]>([
    ["empty", ""],
    ["blank", "  "],
    ["too long", "x".repeat(81)],
    ["two lines", "Amina\nadmin: true"],
    ["an invisible turn", "Amina\u202Enoitarepo"],
  ])("asks for a name that history can show: %s", async ([, name]) => {
    const response = await signIn({ ...GOOD, name });
    expect(response.status).toBe(400);
    expect(cookieOf(response)).toBeNull();
    expect(await response.text()).toContain("Say your name");
  });

  it("reads no more of a stranger's form than a name and a token need", async () => {
    let read = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        read += 4_096;
        controller.enqueue(new Uint8Array(4_096).fill(97));
        if (read > 1_000_000) controller.close();
      },
    });
    for (const body of [endless, new URLSearchParams({ ...GOOD, back: "x".repeat(20_000) })]) {
      const response = await app.fetch(
        new Request(`${ORIGIN}/admin/sign-in`, {
          method: "POST",
          headers: { origin: ORIGIN },
          body,
        }),
        { ...bindings },
        createExecutionContext(),
      );
      expect(response.status).toBe(413);
      expect(cookieOf(response)).toBeNull();
    }
    expect(read).toBeLessThan(100_000);
  });

  it("shows what was typed as text", async () => {
    const name = '"><script>alert(1)</script>';
    const html = await (await signIn({ name, token: "wrong", back: `/admin/${name}` })).text();
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("&lt;script&gt;");
  });
});

describe("a wrong token", () => {
  test.for<[string, string]>([
    ["wrong", "open-sesame"],
    ["empty", ""],
    ["another secret", TEST_SETTINGS.SLACK_BOT_TOKEN],
    ["the right one and more", `${TEST_SETTINGS.ADMIN_TOKEN}x`],
    ["most of the right one", TEST_SETTINGS.ADMIN_TOKEN.slice(0, -1)],
    ["in capitals", TEST_SETTINGS.ADMIN_TOKEN.toUpperCase()],
  ])("is refused, and it is said what to do: %s", async ([, token]) => {
    const lines = watchConsole();
    const response = await signIn({ name: "Amina", token });
    expect(response.status).toBe(401);
    expect(cookieOf(response)).toBeNull();
    const html = await response.text();
    expect(html).toContain("This is not the token");
    expect(html).toContain('value="Amina"');
    expect(JSON.stringify(lines)).toContain("sign_in_refused");
    const said = html + JSON.stringify(lines);
    expect(token !== "" && said.includes(token)).toBe(false);
  });

  it("may be given ten times a minute by one address, which then waits, and nobody else", async () => {
    const from = (address: string) => ({ "cf-connecting-ip": address });
    for (let count = 0; count < 10; count += 1) {
      expect((await signIn({ name: "M", token: `t${count}` }, from("192.0.2.7"))).status).toBe(401);
    }
    const waiting = await signIn(GOOD, from("192.0.2.7"));
    expect(waiting.status).toBe(429);
    expect(waiting.headers.get("retry-after")).toBe("60");
    expect(await waiting.text()).toContain("Wait 60 seconds");
    expect((await signIn(GOOD, from("192.0.2.8"))).status).toBe(303);
    vi.setSystemTime(Date.now() + 60_000);
    expect((await signIn(GOOD, from("192.0.2.7"))).status).toBe(303);
  });
});

describe("whoever is not signed in", () => {
  it("is asked to, and comes back to the page", async () => {
    const response = await visit("/admin/events?project=acme%2Fwidgets&state=failed", {
      role: null,
    });
    expect(response.status).toBe(303);
    const form = response.headers.get("location") ?? "";
    const html = await (await visit(form, { role: null })).text();
    const [, back = ""] = /name="back" value="([^"]*)"/.exec(html) ?? [];
    const fields = { ...GOOD, back: back.replaceAll("&amp;", "&") };
    expect((await signIn(fields)).headers.get("location")).toBe(
      "/admin/events?project=acme%2Fwidgets&state=failed",
    );
  });

  it("has htmx go there from the page that one looks at", async () => {
    const headers = { "hx-current-url": `${ORIGIN}/admin/failed?cause=x` };
    for (const form of [undefined, { id: "x" }]) {
      const response = await visit("/admin/failed/rows", {
        role: null,
        htmx: true,
        headers,
        ...(form === undefined ? {} : { form }),
      });
      expect(response.status).toBe(401);
      expect(response.headers.get("hx-redirect")).toBe(
        "/admin/sign-in?back=%2Fadmin%2Ffailed%3Fcause%3Dx",
      );
    }
  });

  it("sends a form in vain, and is told how not to lose what is in it", async () => {
    const response = await visit("/admin/documents", {
      role: null,
      form: { text: "rules: []" },
      headers: { referer: `${ORIGIN}/admin/documents?key=mapping/gitlab/acme` },
    });
    expect(response.status).toBe(401);
    const html = await response.text();
    expect(html).toContain("Nothing was changed");
    expect(html).toContain("back=%2Fadmin%2Fdocuments%3Fkey%3Dmapping%2Fgitlab%2Facme");
  });

  test.for([
    "https://evil.test/admin",
    "//evil.test/admin",
    "/\\evil.test",
    "\\\\evil.test/admin",
    "/admin/..//evil.test",
    "/admin/../health",
    "/admin\\..\\..\\evil.test",
    "/administrator",
    "/admin@evil.test",
    "javascript:alert(1)//admin",
    " https://evil.test",
    "/admin/sign-out",
    "/admin/api/ledger",
    "/\t/evil.test",
    "",
  ])("never lands outside of the console: %j", async (back) => {
    for (const response of [
      await signIn({ ...GOOD, back }),
      await visit(`/admin/sign-in?back=${encodeURIComponent(back)}`),
    ]) {
      const location = new URL(response.headers.get("location") ?? "", ORIGIN);
      expect(location.origin).toBe(ORIGIN);
      expect(location.pathname).toMatch(/^\/admin$/);
    }
  });
});

describe("a session", () => {
  it("ends after eight hours without a visit, and the form says so", async () => {
    const cookie = cookieOf(await signIn(GOOD)) ?? "";
    vi.setSystemTime(Date.now() + 8 * HOUR_MS - 1);
    expect(await opens(cookie)).toBe(true);
    vi.setSystemTime(Date.now() + 1);
    expect(await opens(cookie)).toBe(false);
    const form = await visit("/admin/sign-in", { role: null, headers: { cookie } });
    expect(await form.text()).toContain("Your session has ended");
  });

  it("is made longer while somebody is there, up to a day after signing in", async () => {
    let cookie = cookieOf(await signIn(GOOD)) ?? "";
    const start = Date.now();
    const renewedAt: number[] = [];
    while (await opens(cookie)) {
      const response = await visit("/admin/no-such-page", { role: null, headers: { cookie } });
      const renewed = cookieOf(response);
      if (renewed !== null) renewedAt.push((Date.now() - start) / HOUR_MS);
      cookie = renewed ?? cookie;
      vi.setSystemTime(Date.now() + HOUR_MS);
    }
    expect((Date.now() - start) / HOUR_MS).toBe(24);
    expect(renewedAt).toEqual([5, 10, 15, 20]);
  });

  it("is not made longer by a page that looks by itself", async () => {
    const cookie = cookieOf(await signIn(GOOD)) ?? "";
    vi.setSystemTime(Date.now() + 7 * HOUR_MS);
    const options = { role: null, htmx: true } as const;
    const look = await visit("/admin/overview", {
      ...options,
      headers: { cookie, "causeway-look": "again" },
    });
    expect([look.status, cookieOf(look)]).toEqual([200, null]);
    const pressed = await visit("/admin/overview", { ...options, headers: { cookie } });
    expect(cookieOf(pressed)).not.toBeNull();
  });

  it("of a viewer becomes an editor's by the other token", async () => {
    const refused = await visit("/admin/rules/switch", { role: "view", form: {} });
    const [, way = ""] = /href="(\/admin\/sign-in\?again[^"]*)"/.exec(await refused.text()) ?? [];
    const form = await visit(way.replaceAll("&amp;", "&"), { role: "view" });
    expect(await form.text()).toContain('name="token"');
    const viewer = await sessionCookie("view", "Amina");
    const answer = await visit("/admin/sign-in", {
      role: null,
      headers: { cookie: viewer },
      form: GOOD,
    });
    const cookie = cookieOf(answer) ?? "";
    const page = await visit("/admin/destinations", { role: null, headers: { cookie } });
    expect(await page.text()).toContain("May change things");
    const wrong = await visit("/admin/sign-in", { form: { ...GOOD, token: "no" } });
    expect([wrong.status, cookieOf(wrong)]).toEqual([401, null]);
  });

  it("is over once the token is another one", async () => {
    const cookie = cookieOf(await signIn(GOOD)) ?? "";
    const request = new Request(`${ORIGIN}/admin/no-such-page`, { headers: { cookie } });
    const ctx = createExecutionContext();
    expect((await app.fetch(request.clone(), { ...bindings }, ctx)).status).toBe(404);
    const changed = { ...bindings, ADMIN_TOKEN: "another-token" };
    expect((await app.fetch(request, changed, ctx)).status).toBe(303);
  });

  it("ends in the browser by signing out", async () => {
    const response = await visit("/admin/sign-out", { form: {} });
    expect(response.headers.get("location")).toBe("/admin/sign-in");
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^__Host-causeway-session=; Max-Age=0; Path=\/; HttpOnly; Secure/,
    );
  });

  it("does not open the API", async () => {
    const cookie = await sessionCookie("edit", "Amina");
    for (const method of ["GET", "POST"]) {
      const response = await visit("/admin/api/ledger", {
        role: null,
        method,
        headers: { cookie },
      });
      expect(response.status).toBe(401);
    }
  });
});

describe("without any token and without Cloudflare Access", () => {
  const closed = { ...bindings, ADMIN_TOKEN: "", VIEWER_TOKEN: "" };

  it.for(["/admin", "/admin/events", "/admin/sign-in"])(
    "%s is closed, and says what to set",
    async (path) => {
      const response = await app.fetch(
        new Request(ORIGIN + path),
        closed,
        createExecutionContext(),
      );
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("wrangler secret put ADMIN_TOKEN");
    },
  );

  it("an empty token opens nothing", async () => {
    const response = await app.fetch(
      new Request(`${ORIGIN}/admin/sign-in`, {
        method: "POST",
        headers: { origin: ORIGIN },
        body: new URLSearchParams({ name: "Mallory", token: "" }),
      }),
      closed,
      createExecutionContext(),
    );
    expect(response.status).toBe(503);
    expect(cookieOf(response)).toBeNull();
  });
});
