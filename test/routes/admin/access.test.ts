import { createExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { createAdmin } from "../../../routes/admin/create-admin.ts";
import { mayChange, signedIn } from "../../../routes/admin/signed-in.ts";
import { app } from "../../../routes/app.ts";
import type { Visitor } from "../../../src/console/visitor.ts";
import { watchConsole } from "../../security/witness.ts";
import { TEST_SETTINGS } from "../../settings.ts";
import { ORIGIN } from "../../webhook.ts";
import { bindings } from "../../world.ts";
import { sessionCookie } from "./visit.ts";

const AUD = "32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228";
const NOW = Date.parse("2031-03-04T10:00:00Z");
const SECONDS = NOW / 1_000;

type Keys = { sign: CryptoKey; jwk: object };

/** Says who the console believes is there. */
const who = createAdmin()
  .use(signedIn)
  .use(mayChange)
  .all("*", (c) => c.json(c.get("visitor")));

let teams = 0;
/** A team of its own for each test: keys are remembered by team. */
let team: string;
let keys: Keys;
/** What Access answers when its keys are asked for; how often it was. */
let certs: () => Response | Promise<Response>;
let asked: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  teams += 1;
  team = `team-${teams}`;
  keys = await createKeys("key-1");
  asked = 0;
  certs = () => Response.json({ keys: [keys.jwk] });
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const { href } = new URL(new Request(input as RequestInfo).url);
    if (href !== `https://${team}.cloudflareaccess.com/cdn-cgi/access/certs`) {
      throw new Error(`unexpected fetch of ${href}`);
    }
    asked += 1;
    return await certs();
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function createKeys(kid: string): Promise<Keys> {
  const pair = (await crypto.subtle.generateKey(
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: "SHA-256",
    },
    true,
    ["sign", "verify"],
  )) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey("jwk", pair.publicKey)) as JsonWebKey;
  const { kty, n, e } = jwk;
  return { sign: pair.privateKey, jwk: { kid, kty, alg: "RS256", use: "sig", e, n } };
}

const part = (value: object | Uint8Array | ArrayBuffer) =>
  Buffer.from(
    value instanceof Uint8Array || value instanceof ArrayBuffer
      ? new Uint8Array(value)
      : Buffer.from(JSON.stringify(value)),
  ).toString("base64url");

/** What Access says of somebody, as its documentation shows it. */
function claims(changed: object = {}): object {
  return {
    aud: [AUD],
    email: "amina@example.com",
    exp: SECONDS + 3_600,
    iat: SECONDS - 60,
    nbf: SECONDS - 60,
    iss: `https://${team}.cloudflareaccess.com`,
    type: "app",
    identity_nonce: "6ei69kawdKzMIAPF",
    sub: "7335d417-61da-459d-899c-0a01c76a2f94",
    country: "US",
    ...changed,
  };
}

/** An assertion, signed here and not by the library that checks it. */
async function assertion(said: object = claims(), header: object = {}): Promise<string> {
  const signed = `${part({ alg: "RS256", kid: "key-1", typ: "JWT", ...header })}.${part(said)}`;
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", keys.sign, Buffer.from(signed));
  return `${signed}.${part(signature)}`;
}

type Asking = {
  settings?: object;
  headers?: Record<string, string>;
  method?: string;
  access?: object;
};

/** Asks with Access switched on. */
async function ask(asking: Asking = {}): Promise<Response> {
  const request = new Request(`${ORIGIN}/admin/x`, {
    headers: asking.headers ?? {},
    method: asking.method ?? "GET",
  });
  const ctx = Object.assign(createExecutionContext(), { access: asking.access });
  return await who.fetch(request, withAccess(asking.settings), ctx);
}

function withAccess(settings: object = {}) {
  return {
    ...bindings,
    ACCESS_TEAM_DOMAIN: team,
    ACCESS_AUD: AUD,
    ACCESS_EDITORS: "amina@example.com",
    ...settings,
  };
}

async function visitor(asking: Asking): Promise<Visitor | number> {
  const response = await ask(asking);
  return response.ok ? await response.json() : response.status;
}

const jwt = (token: string) => ({ "cf-access-jwt-assertion": token });

describe("Cloudflare Access", () => {
  it("lets in whom it vouches for, by name", async () => {
    expect(await visitor({ headers: jwt(await assertion()) })).toEqual({
      name: "amina@example.com",
      role: "edit",
      how: "access",
    });
  });

  it("is believed by its cookie, too, which browsers send", async () => {
    const headers = { cookie: `a=b; CF_Authorization=${await assertion()}` };
    expect(await visitor({ headers })).toMatchObject({ name: "amina@example.com" });
  });

  it("vouches for services by their common name", async () => {
    const { email: _, ...said } = claims({ common_name: "e367826f.access" }) as { email: string };
    expect(await visitor({ headers: jwt(await assertion(said)) })).toEqual({
      name: "e367826f.access",
      role: "view",
      how: "access",
    });
  });

  test.for([
    ["amina@example.com", "edit"],
    ["AMINA@EXAMPLE.COM", "edit"],
    ["*@example.com", "edit"],
    ["joe@example.org, *@example.com", "edit"],
    ["joe@example.org\namina@*", "edit"],
    ["*", "edit"],
    ["", "view"],
    ["joe@example.com", "view"],
    ["*@example.co", "view"],
    ["mina@example.com", "view"],
    ["*@exampleXcom", "view"],
    ["amina.example.com", "view"],
    ["(.*)", "view"],
  ] as const)("ACCESS_EDITORS = %j makes amina@example.com: %s", async ([editors, role]) => {
    const settings = { ACCESS_EDITORS: editors };
    const headers = jwt(await assertion());
    expect(await visitor({ settings, headers })).toMatchObject({ role });
    const change = await ask({ settings, headers, method: "POST" });
    expect(change.status).toBe(role === "edit" ? 200 : 403);
    const said = await change.text();
    expect(said.includes("ACCESS_EDITORS")).toBe(role === "view");
  });

  test.for(["TEAM", "TEAM.cloudflareaccess.com", "https://TEAM.cloudflareaccess.com/", " TEAM "])(
    "has a team that may be written %j",
    async (form) => {
      const settings = { ACCESS_TEAM_DOMAIN: form.replace("TEAM", team) };
      expect(await visitor({ settings, headers: jwt(await assertion()) })).toMatchObject({
        name: "amina@example.com",
      });
    },
  );

  it("may guard the console at several addresses, each an application", async () => {
    const settings = { ACCESS_AUD: `aaaa,${AUD} bbbb` };
    expect(await visitor({ settings, headers: jwt(await assertion()) })).toMatchObject({
      role: "edit",
    });
  });

  test.for<[string, () => Promise<string>]>([
    ["another application's", () => assertion(claims({ aud: ["another"] }))],
    ["nobody's application", () => assertion(claims({ aud: [] }))],
    ["without an application", () => assertion(claims({ aud: undefined }))],
    ["another team's", () => assertion(claims({ iss: "https://evil.cloudflareaccess.com" }))],
    ["without a team", () => assertion(claims({ iss: undefined }))],
    ["one that is over", () => assertion(claims({ exp: SECONDS }))],
    ["one that never ends", () => assertion(claims({ exp: undefined }))],
    ["one whose end is text", () => assertion(claims({ exp: String(SECONDS + 60) }))],
    ["one that is not good yet", () => assertion(claims({ nbf: SECONDS + 61 }))],
    ["one that was made tomorrow", () => assertion(claims({ iat: SECONDS + 86_400 }))],
    ["one without a name", () => assertion(claims({ email: "" }))],
    ["one with a name that is no text", () => assertion(claims({ email: ["amina@example.com"] }))],
    ["signed by nobody", () => unsigned()],
    ["signed with the public key as a password", () => symmetric()],
    ["signed by a stranger", () => byStranger()],
    ["of a key that is not the team's", () => assertion(claims(), { kid: "key-2" })],
    ["of no key", () => assertion(claims(), { kid: undefined })],
    ["with another algorithm's name", () => assertion(claims(), { alg: "RS512" })],
    ["with a condition that nobody knows", () => assertion(claims(), { crit: ["b64"] })],
    ["changed after it was signed", () => changed()],
    ["nonsense", async () => "a.b.c"],
    ["nothing", async () => "-"],
    ["an end of line", async () => "%00"],
  ])("is not believed: %s", async ([, make]) => {
    const lines = watchConsole();
    const token = await make();
    const response = await ask({ headers: jwt(token) });
    expect(response.status).toBe(403);
    const said = (await response.text()) + JSON.stringify(lines);
    expect(said).toContain("Cloudflare Access");
    expect(token.length > 9 && said.includes(token.slice(-20))).toBe(false);
  });

  async function unsigned(): Promise<string> {
    const [, said = ""] = (await assertion()).split(".");
    return `${part({ alg: "none", kid: "key-1", typ: "JWT" })}.${said}.`;
  }

  async function symmetric(): Promise<string> {
    const signed = `${part({ alg: "HS256", kid: "key-1", typ: "JWT" })}.${part(claims())}`;
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const password = Buffer.from(JSON.stringify(keys.jwk));
    const key = await crypto.subtle.importKey("raw", password, algorithm, false, ["sign"]);
    return `${signed}.${part(await crypto.subtle.sign("HMAC", key, Buffer.from(signed)))}`;
  }

  async function byStranger(): Promise<string> {
    const { jwk } = keys;
    keys = { ...(await createKeys("key-1")), jwk };
    return await assertion();
  }

  async function changed(): Promise<string> {
    const [header, , signature] = (await assertion()).split(".");
    return `${header}.${part(claims({ email: "admin@example.com" }))}.${signature}`;
  }

  it("may have a clock that is a little ahead of ours", async () => {
    const said = claims({ iat: SECONDS + 30, nbf: SECONDS + 30 });
    expect(await visitor({ headers: jwt(await assertion(said)) })).toMatchObject({ role: "edit" });
  });

  it("is the only way in: nobody gets in past it", async () => {
    const lines: [string, Request][] = [
      ["plainly", new Request(`${ORIGIN}/admin`)],
      ["with a name alone", asking({ "cf-access-authenticated-user-email": "amina@example.com" })],
      ["with a session", asking({ cookie: await sessionCookie("edit", "Amina") })],
    ];
    for (const [, request] of lines) {
      const response = await app.fetch(request, withAccess(), createExecutionContext());
      expect(response.status).toBe(403);
      expect(await response.text()).toContain("opens through Cloudflare Access only");
    }
  });

  function asking(headers: Record<string, string>): Request {
    return new Request(`${ORIGIN}/admin`, { headers });
  }

  it("closes the form: a token does not open the console any more", async () => {
    const request = new Request(`${ORIGIN}/admin/sign-in`, {
      method: "POST",
      headers: { origin: ORIGIN },
      body: new URLSearchParams({ name: "Amina", token: TEST_SETTINGS.ADMIN_TOKEN }),
    });
    const response = await app.fetch(request, withAccess(), createExecutionContext());
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test.for([
    { ACCESS_AUD: "" },
    { ACCESS_TEAM_DOMAIN: "" },
    { ACCESS_TEAM_DOMAIN: "https://evil.test" },
    { ACCESS_TEAM_DOMAIN: "a b" },
    { ACCESS_TEAM_DOMAIN: "evil.test/x.cloudflareaccess.com" },
  ])("set by half keeps the console closed: %j", async (settings) => {
    const cookie = await sessionCookie("edit", "Amina");
    for (const headers of [{ cookie }, jwt(await assertion())]) {
      const response = await ask({ settings, headers });
      expect(response.status).toBe(503);
      expect(await response.text()).toContain("set by half");
    }
    expect(asked).toBe(0);
  });
});

describe("the keys of Cloudflare Access", () => {
  it("are fetched once in an hour", async () => {
    const headers = jwt(await assertion(claims({ exp: SECONDS + 86_400 })));
    for (const minutes of [0, 1, 58, 1]) {
      vi.setSystemTime(Date.now() + minutes * 60_000);
      expect(await visitor({ headers })).toMatchObject({ role: "edit" });
    }
    expect(asked).toBe(2);
  });

  it("are fetched again for one that is new, and not more than once in a minute for invented ones", async () => {
    await ask({ headers: jwt(await assertion()) });
    keys = await createKeys("key-2");
    const renewed = jwt(await assertion(claims(), { kid: "key-2" }));
    expect((await ask({ headers: renewed })).status).toBe(403);
    expect(asked).toBe(1);
    vi.setSystemTime(NOW + 60_000);
    expect(await visitor({ headers: renewed })).toMatchObject({ role: "edit" });
    for (let count = 0; count < 10; count += 1) {
      await ask({ headers: jwt(await assertion(claims(), { kid: `invented-${count}` })) });
    }
    expect(asked).toBe(2);
  });

  test.for<[string, () => Response]>([
    ["an error", () => new Response("", { status: 500 })],
    ["no keys", () => Response.json({ keys: null })],
    ["a page", () => new Response("<html>")],
    ["another address", () => Response.redirect("https://evil.test/certs", 302)],
  ])("that cannot be had let nobody in, and it is tried again: %s", async ([, answer]) => {
    const headers = jwt(await assertion());
    certs = answer;
    const response = await ask({ headers });
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("could not be fetched");
    certs = () => Response.json({ keys: [keys.jwk] });
    expect(await visitor({ headers })).toBe(503);
    expect(asked).toBe(1);
    vi.setSystemTime(NOW + 10_000);
    expect(await visitor({ headers })).toMatchObject({ role: "edit" });
  });

  it("are asked for once by all who come at the same time", async () => {
    const headers = jwt(await assertion());
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => await visitor({ headers })),
    );
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(all[0]).toMatchObject({ role: "edit" });
    expect(asked).toBe(1);
  });

  it("are believed for a day while newer ones cannot be had, and no others are", async () => {
    const headers = jwt(await assertion(claims({ exp: SECONDS + 200_000 })));
    const invented = jwt(await assertion(claims({ exp: SECONDS + 200_000 }), { kid: "key-2" }));
    expect(await visitor({ headers })).toMatchObject({ role: "edit" });
    certs = () => new Response("bad gateway", { status: 502 });
    vi.setSystemTime(NOW + 61 * 60_000);
    expect(await visitor({ headers })).toMatchObject({ role: "edit" });
    expect(await visitor({ headers: invented })).toBe(503);
    vi.setSystemTime(NOW + 25 * 3_600_000);
    expect(await visitor({ headers })).toBe(503);
  });

  it("are waited for five seconds", async () => {
    const headers = jwt(await assertion());
    certs = () => new Promise<Response>(() => {});
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: NOW });
    let answered = false;
    const answer = ask({ headers }).finally(() => {
      answered = true;
    });
    while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).status).toBe(503);
  });
});

describe("where the platform says who is there", () => {
  const identified = (identity: object | undefined, aud = AUD) => ({
    aud,
    getIdentity: async () => identity,
  });

  it("that is believed, and no keys are needed", async () => {
    const access = identified({ email: "amina@example.com", name: "Amina" });
    expect(await visitor({ access })).toEqual({
      name: "amina@example.com",
      role: "edit",
      how: "access",
    });
    expect(asked).toBe(0);
  });

  it("of another application that is not believed", async () => {
    expect(await visitor({ access: identified({ email: "amina@example.com" }, "other") })).toBe(
      403,
    );
  });

  test.for<[string, () => Promise<unknown>]>([
    ["a service", async () => undefined],
    ["somebody without an address", async () => ({ name: "Amina" })],
    ["a platform that fails", () => Promise.reject(new Error("no identity"))],
  ])("the assertion counts where it does not say: %s", async ([, getIdentity]) => {
    const access = { aud: AUD, getIdentity };
    expect(await visitor({ access })).toBe(403);
    expect(await visitor({ access, headers: jwt(await assertion()) })).toMatchObject({
      name: "amina@example.com",
    });
  });
});
