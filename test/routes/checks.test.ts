import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { app } from "../../routes/app.ts";
import type { Check } from "../../src/checks/check.ts";
import { checkKv } from "../../src/checks/check-kv.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { put, refuseWrites } from "../publishing/publisher-world.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver, ORIGIN } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  settled,
  TITLES_TO_CHANNEL,
  type World,
} from "../world.ts";

const CHANNEL = "C0000000001";

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(endWorld);

async function check(path: string): Promise<Check> {
  return await admin<Check>(`/checks/${path}`);
}

/** The same of a Worker with other settings. */
async function checkWith(settings: Record<string, string>, path: string): Promise<Check> {
  const headers = { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` };
  const request = new Request(`${ORIGIN}/admin/api/checks/${path}`, { headers });
  return await (await app.fetch(request, { ...bindings, ...settings })).json();
}

function channel(changes: object): void {
  Object.assign(world.slack.workspace.channel(CHANNEL) ?? {}, changes);
}

const codes = ({ findings }: Check) => findings.map(({ severity, code }) => `${severity} ${code}`);

describe("the check of the settings", () => {
  it("names what is set, and never a value of it", async () => {
    const found = await check("settings");
    expect(found).toMatchObject({ name: "settings", ok: true, findings: [] });
    expect(found.facts).toMatchObject({
      secrets: expect.arrayContaining(["SLACK_BOT_TOKEN", "HOOK_MASTER_SECRETS"]),
      slackApiUrl: "https://slack.test",
      alertsTo: ["alerts"],
      console: "token",
    });
    for (const secret of [TEST_SETTINGS.SLACK_BOT_TOKEN, TEST_SETTINGS.SLACK_SIGNING_SECRET]) {
      expect(JSON.stringify(found)).not.toContain(secret);
    }
  });

  it("says which missing secret keeps what from working, and how to set it", async () => {
    const none = { GITLAB_SIGNING_TOKENS: "", GITLAB_SECRET_TOKENS: "", HOOK_MASTER_SECRETS: " " };
    const found = await checkWith({ ...none, SLACK_SIGNING_SECRET: "" }, "settings");
    expect(found.ok).toBe(false);
    expect(found.findings).toEqual([
      {
        severity: "error",
        code: "secret_missing",
        message:
          "Not set: GITLAB_SIGNING_TOKENS, HOOK_MASTER_SECRETS or GITLAB_SECRET_TOKENS: until one is set every webhook is refused.",
        fix: "Set it: npx wrangler secret put GITLAB_SIGNING_TOKENS.",
      },
      {
        severity: "warning",
        code: "secret_missing",
        message:
          "Not set: SLACK_SIGNING_SECRET: until it is set every event of Slack's is refused.",
        fix: "Set it: npx wrangler secret put SLACK_SIGNING_SECRET.",
      },
    ]);
  });

  it("says what keeps the console closed, and who cannot edit there", async () => {
    const half = await checkWith({ ACCESS_TEAM_DOMAIN: "acme" }, "settings");
    expect(half.facts).toMatchObject({ console: "closed" });
    expect(codes(half)).toEqual(["warning setting_unusable"]);
    const whole = { ACCESS_TEAM_DOMAIN: "acme", ACCESS_AUD: "a1b2" };
    const nobody = await checkWith(whole, "settings");
    expect(nobody.facts).toMatchObject({ console: "access" });
    expect(nobody.findings[0]?.message).toContain("ACCESS_EDITORS is empty");
    const editors = { ...whole, ACCESS_EDITORS: "*@acme.test" };
    expect((await checkWith(editors, "settings")).findings).toEqual([]);
  });

  it("speaks up when alerts go nowhere", async () => {
    expect(codes(await checkWith({ ALERTS_TO: "" }, "settings"))).toEqual(["warning no_alerts"]);
    expect(codes(await checkWith({ ALERTS_TO: "gone" }, "settings"))).toEqual([
      "error alerts_to_nobody",
    ]);
    expect(codes(await checkWith({ RETENTION_DAYS: "soon" }, "settings"))).toEqual([
      "warning setting_unusable",
    ]);
  });
});

describe("the check of Slack", () => {
  it("says whom the bot token speaks for", async () => {
    expect(await check("slack")).toMatchObject({
      name: "slack",
      ok: true,
      findings: [],
      facts: {
        team: "Causeway sandbox",
        teamId: "T0CAUSEWAY",
        bot: "causeway",
        url: "https://causeway-sandbox.slack.com/",
        scopes: expect.arrayContaining(["chat:write"]),
      },
    });
  });

  it("names each scope that the app lacks, and misses no optional one", async () => {
    for (const scope of ["chat:write", "reactions:read", "users:read.email"]) {
      world.slack.workspace.scopes.delete(scope);
    }
    const found = await check("slack");
    expect(codes(found)).toEqual(["error missing_scope", "warning missing_scope"]);
    expect(found.ok).toBe(false);
    expect(found.findings[1]).toMatchObject({
      message: expect.stringMatching(/scope reactions:read.*answers to reactions/),
      fix: expect.stringContaining("slack-app-manifest.yaml"),
    });
  });

  it("says what to do about a token that is gone, without the token", async () => {
    world.slack.workspace.faults.set({ on: "/api/auth.test", fault: "invalid_auth" });
    const found = await check("slack");
    expect(codes(found)).toEqual(["error invalid_auth"]);
    expect(found.findings[0]?.fix).toContain("wrangler secret put SLACK_BOT_TOKEN");
    expect(JSON.stringify(found)).not.toContain(TEST_SETTINGS.SLACK_BOT_TOKEN);
  });

  it("tells the token of a person from a bot's", async () => {
    vi.mocked(fetch).mockImplementationOnce(async () =>
      Response.json({ ok: true, team: "Acme", user: "amina", user_id: "U0000000001" }),
    );
    expect(codes(await check("slack"))).toEqual(["error not_a_bot"]);
  });

  it("is content without a bot token, but says what does not work", async () => {
    const found = await checkWith({ SLACK_BOT_TOKEN: "" }, "slack");
    expect(found.ok).toBe(true);
    expect(codes(found)).toEqual(["warning no_token"]);
  });

  test.for(["server_error", "cut", "html_error"] as const)(
    "says that Slack did not answer: %s",
    async (fault) => {
      world.slack.workspace.faults.set({ on: "/api/auth.test", fault });
      expect(codes(await check("slack"))).toEqual(["error slack_silent"]);
    },
  );

  it("passes on for how long Slack wants to be left alone", async () => {
    world.slack.workspace.faults.set({
      on: "/api/*",
      fault: "rate_limited",
      retryAfter: 7,
      times: 1,
    });
    const response = await exports.default.fetch(
      new Request(`${ORIGIN}/admin/api/checks/channels/${CHANNEL}`, {
        headers: { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` },
      }),
    );
    expect(response.status).toBe(429);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await response.json()).toMatchObject({
      error: { code: "slack_busy", retryAfterSeconds: 7 },
    });
    expect(await check(`channels/${CHANNEL}`)).toMatchObject({ ok: true });
  });
});

describe("the check of a channel", () => {
  it("knows its name and who is in it", async () => {
    expect(await check(`channels/${CHANNEL}?use=hears`)).toEqual({
      name: CHANNEL,
      ok: true,
      findings: [],
      facts: {
        channelName: "support_gitlab-com",
        isMember: true,
        isArchived: false,
        isPrivate: false,
        isReadOnly: false,
        isShared: false,
        isAboutToBeShared: false,
      },
    });
  });

  test.for([
    ["is archived", "posts", { isArchived: true }, ["error is_archived"]],
    ["has no bot to hear", "hears", { isMember: false }, ["error not_in_channel"]],
    ["is public: the bot posts from outside", "posts", { isMember: false }, []],
    [
      "is private without the bot",
      "posts",
      { isMember: false, isPrivate: true },
      ["error channel_not_found"],
    ],
    [
      "may be seen by others only",
      "shows",
      { isMember: false, isPrivate: true },
      ["warning channel_not_found"],
    ],
    ["is shared", "posts", { isExtShared: true }, ["warning shared_outside"]],
    ["is about to be shared", "hears", { isPendingExtShared: true }, ["warning shared_outside"]],
    ["is for announcements", "posts", { isReadOnly: true }, ["warning read_only"]],
  ] as const)("finds that it %s", async ([, use, changes, expected]) => {
    channel(changes);
    const found = await check(`channels/${CHANNEL}?use=${use}`);
    expect(codes(found)).toEqual(expected);
    for (const { message, fix } of found.findings) {
      expect(message).toMatch(/\S.*\.$/);
      expect(fix).toMatch(/\S.*\.$/);
    }
  });

  it("asks for an invitation where the app may not post from outside", async () => {
    channel({ isMember: false });
    world.slack.workspace.scopes.delete("chat:write.public");
    const found = await check(`channels/${CHANNEL}`);
    expect(codes(found)).toEqual(["error not_in_channel"]);
    expect(found.findings[0]?.fix).toContain("/invite @Causeway");
  });

  it("cannot look at it without the scope, which is no mistake", async () => {
    world.slack.workspace.scopes.delete("channels:read");
    expect(codes(await check(`channels/${CHANNEL}`))).toEqual(["warning missing_scope"]);
  });

  it("looks at a person by a person's id", async () => {
    expect(await check("channels/U0000000002")).toMatchObject({
      ok: true,
      facts: { memberName: "Bruno Keller" },
    });
    world.slack.workspace.member("bruno")!.isDeleted = true;
    expect(codes(await check("channels/U0000000002"))).toEqual(["error user_disabled"]);
    expect(codes(await check("channels/U0999999999"))).toEqual(["error user_not_found"]);
  });

  it("refuses what is no channel, and an unknown use", async () => {
    expect(await check("channels/support")).toMatchObject({
      error: { code: "bad_channel", path: "id" },
    });
    expect(await check(`channels/${CHANNEL}?use=eats`)).toMatchObject({
      error: { code: "bad_query", path: "use" },
    });
  });
});

describe("the check of a destination", () => {
  it("finds nothing wrong with what works", async () => {
    expect(await check("destinations/support")).toMatchObject({ ok: true, findings: [] });
    expect(await check("destinations/channel")).toMatchObject({
      ok: true,
      findings: [],
      facts: { type: "channel", channel: CHANNEL, channelName: "support_gitlab-com" },
    });
  });

  it("says when there is none, or its document cannot be used", async () => {
    expect(codes(await check("destinations/gone"))).toEqual(["error destination_missing"]);
    await publish("destination/odd", { type: "chanel", channel: CHANNEL });
    const found = await check("destinations/odd");
    expect(codes(found)).toEqual(["error document_unusable"]);
    expect(found.findings[0]?.message).toContain('Did you mean "channel"?');
  });

  it("knows one that was published a moment ago, whatever KV still shows", async () => {
    const { mend } = await refuseWrites(() => "429 Too Many Requests");
    await put("destination/fresh", { type: "channel", channel: CHANNEL });
    expect(await check("destinations/fresh")).toMatchObject({ ok: true, findings: [] });
    expect(codes(await checkWith({ ALERTS_TO: "fresh" }, "settings"))).toEqual([]);
    mend();
  });

  it("knows whether the secret is there, without saying it", async () => {
    await publish("destination/secretive", { type: "workflow", url: "secret:NOT_SET" });
    const [missing] = (await check("destinations/secretive")).findings;
    expect(missing).toMatchObject({
      severity: "error",
      code: "secret_missing",
      fix: "Set it to the URL from Slack: npx wrangler secret put NOT_SET.",
    });
    const elsewhere = { TRIGGER_URL: "https://example.com/secret-path" };
    const found = await checkWith(elsewhere, "destinations/support");
    expect(codes(found)).toEqual(["error origin_not_allowed"]);
    expect(JSON.stringify(found)).not.toContain("secret-path");
  });

  it("warns of an address that everybody can read, and does not repeat it", async () => {
    const found = await check("destinations/hook");
    expect(codes(found)).toEqual(["warning address_in_document"]);
    expect(JSON.stringify(found)).not.toContain("/services/");
  });

  it("lets nothing confidential go to another company", async () => {
    channel({ isExtShared: true });
    expect(codes(await check("destinations/channel"))).toEqual(["warning shared_outside"]);
    await publish("destination/channel", { type: "channel", channel: CHANNEL, confidential: true });
    const found = await check("destinations/channel");
    expect(codes(found)).toEqual(["error shared_outside"]);
    expect(found.findings[0]?.message).toContain("Confidential events go there");
  });

  it("has as a fact that it is paused; since when and why is said once, of delivering", async () => {
    await publish("mapping/gitlab/acme", TITLES_TO_CHANNEL);
    channel({ isArchived: true });
    await deliver(acme(issueOpen));
    await settled();
    channel({ isArchived: false });
    const found = await check("destinations/channel");
    expect(found).toMatchObject({ ok: true, facts: { paused: true }, findings: [] });
    const delivery = await check("delivery");
    expect(delivery.facts["paused"]).toEqual(["channel"]);
    expect(delivery.findings).toEqual([
      expect.objectContaining({
        code: "is_archived",
        destinations: ["channel"],
        message: expect.stringMatching(/^channel is paused since 20\d\d-.*Messages wait\.$/),
      }),
    ]);
  });

  it("looks at a document that is not published yet", async () => {
    const draft = { type: "channel", channel: "C0999999999" };
    const found = await admin<Check>("/checks/destinations/draft", {
      method: "POST",
      body: JSON.stringify(draft),
    });
    expect(codes(found)).toEqual(["error channel_not_found"]);
    expect(await bindings.MAPPINGS.get("destination/draft")).toBeNull();
  });
});

describe("the check of KV", () => {
  it("counts the documents and says how long it took", async () => {
    expect(await check("kv")).toMatchObject({
      ok: true,
      findings: [],
      facts: { mappings: 1, destinations: 4, people: 0, milliseconds: expect.any(Number) },
    });
  });

  it("names each document that cannot be used", async () => {
    await publish("person/amina", { slack: "amina" });
    await publish("mapping/slack/support", { rules: [] });
    const found = await check("kv");
    expect(codes(found)).toEqual(["error document_unusable", "error document_unusable"]);
    expect(found.findings.map(({ message }) => message)).toEqual([
      expect.stringContaining("mapping/slack/support cannot be used"),
      expect.stringContaining("person/amina cannot be used: slack: expected a Slack member id"),
    ]);
  });

  it("says so of an empty one, and of one that does not answer", async () => {
    for (const { name } of (await bindings.MAPPINGS.list()).keys) {
      await bindings.MAPPINGS.delete(name);
    }
    expect(codes(await check("kv"))).toEqual(["warning nothing_configured"]);
    const broken = { list: () => Promise.reject(new Error("KV GET failed: 500")) };
    const found = await checkKv(broken as unknown as KVNamespace, Date.now);
    expect(codes(found)).toEqual(["error kv_unreadable"]);
    expect(found.findings[0]?.message).toContain("KV GET failed: 500");
  });
});

describe("the check of deliveries", () => {
  it("says that nothing ever came", async () => {
    expect(codes(await check("delivery"))).toEqual(["warning no_events"]);
  });

  it("is content once something came and arrived", async () => {
    await deliver(acme(issueOpen));
    await settled();
    expect(await check("delivery")).toMatchObject({
      ok: true,
      findings: [],
      facts: { oldestPendingSeconds: 0, paused: [], lastEventAt: expect.stringMatching(/^20/) },
    });
  });

  it("says why events wait", async () => {
    await publish("mapping/gitlab/acme", { rules: "none" });
    await deliver(acme(issueOpen));
    await settled();
    const found = await check("delivery");
    expect(codes(found)).toContain("error events_wait");
    expect(found.findings.find(({ code }) => code === "events_wait")?.message).toMatch(
      /^1 event waits to be decided: .*mapping\/gitlab\/acme/,
    );
  });
});
