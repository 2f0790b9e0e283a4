import {
  createExecutionContext,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { app } from "../../routes/app.ts";
import type { Env } from "../../src/env.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver, ORIGIN } from "../webhook.ts";
import {
  acme,
  bindings,
  createWorld,
  endWorld,
  publish,
  query,
  relay,
  settled,
  type World,
} from "../world.ts";

const TEAM = "T0CAUSEWAY";
const RELAY = `slack/${TEAM}`;
const CHANNEL = "C0000000001";
const AMINA = "U0000000001";
const KiB = 1024;
const PATHS = ["/slack/events", "/slack/interactions", "/slack/commands"];

/** What no log may hold: it opens something, or somebody wrote it. */
const TOKEN = "legacy-verification-token";
const TRIGGER_ID = "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
const RESPONSE_URL = "https://slack.test/commands/T0CAUSEWAY/397700885554/96rGlfmibIGlgcZRskXaIFfN";
const WORDS = "the words of a colleague";

type Options = {
  secret?: string;
  /** How long ago Slack made the request. */
  ageSeconds?: number;
  /** What is sent in place of what was signed. */
  sent?: string;
  method?: string;
  headers?: Record<string, string | null>;
};

/** A request as Slack signs it. */
function slackRequest(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  {
    secret = TEST_SETTINGS.SLACK_SIGNING_SECRET,
    ageSeconds = 0,
    sent,
    method = "POST",
    headers: changed = {},
  }: Options = {},
): Request {
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const mac = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex");
  const headers = new Headers({
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${mac}`,
  });
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const init = { method, headers };
  return new Request(ORIGIN + path, method === "GET" ? init : { ...init, body: sent ?? body });
}

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  options?: Options,
): Promise<Response> {
  return await exports.default.fetch(slackRequest(path, body, options));
}

/** An event of Slack's in its envelope. */
function envelope(event: object, changes: object = {}): string {
  return JSON.stringify({
    token: TOKEN,
    team_id: TEAM,
    api_app_id: "A0CAUSEWAY",
    event,
    type: "event_callback",
    event_id: "Ev0000000001",
    event_time: 1_700_000_000,
    authorizations: [{ team_id: TEAM, user_id: "U0CAUSEWAY", is_bot: true }],
    ...changes,
  });
}

const REACTION = {
  type: "reaction_added",
  user: AMINA,
  reaction: "eyes",
  item_user: "U0000000002",
  item: { type: "message", channel: CHANNEL, ts: "1700000000.000100" },
  event_ts: "1700000001.000200",
};

const SHORTCUT = {
  type: "message_action",
  token: TOKEN,
  team: { id: TEAM, domain: "causeway-sandbox" },
  user: { id: AMINA, name: "amina", team_id: TEAM },
  channel: { id: CHANNEL, name: "support_gitlab-com" },
  callback_id: "make_issue",
  trigger_id: TRIGGER_ID,
  response_url: RESPONSE_URL,
  action_ts: "1700000001.000200",
  message_ts: "1700000000.000100",
  message: { type: "message", user: "U0000000002", ts: "1700000000.000100", text: WORDS },
};

function interaction(payload: unknown): string {
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

function command(text: string, changes: Record<string, string> = {}): string {
  return new URLSearchParams({
    token: TOKEN,
    team_id: TEAM,
    channel_id: CHANNEL,
    user_id: AMINA,
    command: "/causeway",
    text,
    response_url: RESPONSE_URL,
    trigger_id: TRIGGER_ID,
    ...changes,
  }).toString();
}

/** What the one who typed a command is shown. */
async function answered(text: string, changes?: Record<string, string>): Promise<string> {
  const response = await post("/slack/commands", command(text, changes));
  expect(response.status).toBe(200);
  const answer = await response.json<{ response_type: string; text: string }>();
  expect(answer.response_type).toBe("ephemeral");
  return answer.text;
}

type Stored = {
  id: string;
  state: string;
  reason: string | null;
  types: string[];
  namespace: string;
};

/** The events that the Relays hold, newest first. */
async function stored(): Promise<Stored[]> {
  const { items } = await admin<{ items: { id: string }[] }>("/events");
  return await Promise.all(items.map(({ id }) => admin<Stored>(`/events/${id}`)));
}

/** A refusal as every one looks: a code for programs and a sentence for people, nothing else. */
async function refusal(response: Response): Promise<string> {
  const body = await response.json<{ error: { code: string; message: string } }>();
  expect(body).toEqual({
    error: {
      code: expect.stringMatching(/^[a-z_]+$/),
      message: expect.stringMatching(/^[A-Z].*\.$/),
    },
  });
  return `${response.status} ${body.error.code}`;
}

let world: World;
let lines: string[];

beforeEach(async () => {
  world = await createWorld({});
  lines = [];
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...said) => lines.push(said.map(String).join(" ")));
});

/** Whatever a test has done. */
function logsAreClean(): void {
  const secrets = [
    TEST_SETTINGS.SLACK_SIGNING_SECRET,
    TEST_SETTINGS.SLACK_BOT_TOKEN,
    TEST_SETTINGS.ADMIN_TOKEN,
    TOKEN,
    TRIGGER_ID,
    RESPONSE_URL,
    "slack.test/",
    WORDS,
    "v0=",
  ];
  for (const secret of secrets) expect(lines.join("\n")).not.toContain(secret);
}

afterEach(async () => {
  try {
    logsAreClean();
  } finally {
    await endWorld();
  }
});

/** What was logged under a name. */
function logged(event: string): Record<string, unknown>[] {
  return lines
    .filter((line) => line.startsWith("{"))
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter((facts) => facts["event"] === event);
}

describe("a request of Slack's", () => {
  const changed = envelope({ ...REACTION, user: "U0000000003" });
  test.for<{ name: string; options: Options; reason: string }>([
    {
      name: "without a signature",
      options: { headers: { "x-slack-signature": null } },
      reason: "signature_missing",
    },
    {
      name: "without a timestamp",
      options: { headers: { "x-slack-request-timestamp": null } },
      reason: "signature_missing",
    },
    {
      name: "with a timestamp that is none",
      options: { headers: { "x-slack-request-timestamp": "NaN" } },
      reason: "timestamp_malformed",
    },
    { name: "of 301 seconds ago", options: { ageSeconds: 301 }, reason: "timestamp_stale" },
    { name: "of the future", options: { ageSeconds: -301 }, reason: "timestamp_stale" },
    { name: "of another app", options: { secret: "another" }, reason: "signature_wrong" },
    { name: "with another body", options: { sent: changed }, reason: "signature_wrong" },
    {
      name: "of another version",
      options: { headers: { "x-slack-signature": `v1=${"0".repeat(64)}` } },
      reason: "signature_wrong",
    },
  ])("is refused $name, and only the log says why", async ({ options, reason }) => {
    for (const path of PATHS) {
      const response = await post(path, envelope(REACTION), options);
      expect(await response.clone().text()).not.toContain(reason);
      expect(await refusal(response)).toBe("401 unauthenticated");
    }
    expect(logged("slack_refused").map(({ reason: said, path }) => [said, path])).toEqual(
      PATHS.map((path) => [reason, path]),
    );
    expect(await admin("/ledger")).toMatchObject({ namespaces: [] });
  });

  it("is taken when it is five minutes old", async () => {
    expect((await post("/slack/events", envelope(REACTION), { ageSeconds: 300 })).status).toBe(200);
    await settled(RELAY);
    expect(await stored()).toHaveLength(1);
  });

  it("is refused while no secret is configured, even one signed with nothing", async () => {
    for (const secret of ["", "  "]) {
      const bare: Env = { ...bindings, SLACK_SIGNING_SECRET: secret };
      for (const path of PATHS) {
        const response = await app.fetch(slackRequest(path, envelope(REACTION), { secret }), bare);
        expect(await refusal(response)).toBe("401 unauthenticated");
      }
    }
    expect(logged("slack_refused")[0]).toMatchObject({
      reason: "no_secret_configured",
      remedy: expect.stringContaining("SLACK_SIGNING_SECRET"),
    });
  });

  it("is refused when it is larger than a mebibyte, declared or not", async () => {
    const body = new Uint8Array(1024 * KiB + 1).fill(0x20);
    for (const path of PATHS) {
      expect(await refusal(await post(path, body))).toBe("413 body_too_large");
      const whole = slackRequest(path, body);
      const streamed = new Request(whole.url, {
        method: "POST",
        headers: whole.headers,
        body: new Blob([body]).stream(),
      });
      expect(await refusal(await exports.default.fetch(streamed))).toBe("413 body_too_large");
    }
  });

  it("is taken when it is a mebibyte, and kept whole", async () => {
    const short = envelope({ ...REACTION, padding: "" });
    const padding = "x".repeat(1024 * KiB - short.length);
    const body = envelope({ ...REACTION, padding });
    expect(body).toHaveLength(1024 * KiB);
    expect((await post("/slack/events", body)).status).toBe(200);
    await settled(RELAY);
    const [event] = await stored();
    const kept = await admin<{ event: { padding: string } }>(`/events/${event?.id}/body`);
    expect(kept.event.padding === padding).toBe(true);
  });

  test.for([
    ["GET", "/slack/events"],
    ["PUT", "/slack/events"],
    ["POST", "/slack"],
    ["POST", "/slack/event"],
    ["POST", "/slack/events/"],
    ["POST", "/slack/events/more"],
  ] as const)("has three places to go, and %s %s is none", async ([method, path]) => {
    const body = method === "GET" ? "" : envelope(REACTION);
    expect(await refusal(await post(path, body, { method }))).toBe("404 not_found");
  });

  it("learns of no place without a signature", async () => {
    for (const path of ["/slack/events", "/slack/elsewhere"])
      expect(await refusal(await exports.default.fetch(ORIGIN + path))).toBe("401 unauthenticated");
  });
});

describe("url_verification", () => {
  const body = JSON.stringify({
    token: TOKEN,
    challenge: "3eZbrw1aBm2r",
    type: "url_verification",
  });

  it("is answered with its challenge when it is signed, and nothing is stored", async () => {
    const response = await post("/slack/events", body);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json\b/);
    expect(await response.json()).toEqual({ challenge: "3eZbrw1aBm2r" });
    expect(await admin("/ledger")).toMatchObject({ namespaces: [] });
  });

  it("is refused like everything else when it is not signed", async () => {
    const response = await exports.default.fetch(
      new Request(`${ORIGIN}/slack/events`, { method: "POST", body }),
    );
    expect(await response.clone().text()).not.toContain("3eZbrw1aBm2r");
    expect(await refusal(response)).toBe("401 unauthenticated");
  });

  test.for([{}, { challenge: null }, { challenge: 7 }, { challenge: { a: 1 } }])(
    "without a challenge has an empty one: %j",
    async (changes) => {
      const response = await post(
        "/slack/events",
        JSON.stringify({ type: "url_verification", ...changes }),
      );
      expect(await response.json()).toEqual({ challenge: "" });
    },
  );
});

describe("POST /slack/events", () => {
  it("answers 200 without a word, and the event is stored", async () => {
    const response = await post("/slack/events", envelope(REACTION));
    expect([response.status, await response.text()]).toEqual([200, ""]);
    await settled(RELAY);
    expect(await stored()).toMatchObject([
      { state: "filtered", reason: "no mapping for its channel", types: ["reaction.eyes"] },
    ]);
  });

  it("stores an event without Slack's old token, and otherwise as it came", async () => {
    const body = envelope(REACTION, { __proto: { a: 1 }, "": [null, 1.5, "é\u0000\ud800"] });
    await post("/slack/events", body);
    await settled(RELAY);
    const [event] = await stored();
    const { token, ...rest }: { token: string } = JSON.parse(body);
    expect(await admin(`/events/${event?.id}/body`)).toEqual(rest);
    expect(token).toBe(TOKEN);
  });

  it("takes what Slack sends again once, whatever is said of the try", async () => {
    for (const [number, reason] of [
      [null, null],
      ["1", "http_timeout"],
      ["2", "http_error"],
      ["3", "unknown_error"],
    ] as const) {
      const headers = { "x-slack-retry-num": number, "x-slack-retry-reason": reason };
      expect((await post("/slack/events", envelope(REACTION), { headers })).status).toBe(200);
      await settled(RELAY);
    }
    expect(await stored()).toHaveLength(1);
    expect(await admin("/ledger")).toMatchObject({ total: { received: 4, duplicate: 3 } });
    expect(logged("slack_retries")).toEqual([
      { event: "slack_retries", number: "1", reason: "http_timeout" },
      { event: "slack_retries", number: "2", reason: "http_error" },
      { event: "slack_retries", number: "3", reason: "unknown_error" },
    ]);
  });

  it("takes what Slack sends again even if its body is written otherwise", async () => {
    await post("/slack/events", envelope(REACTION));
    await settled(RELAY);
    await post("/slack/events", envelope(REACTION, { event_context: "EC2" }));
    await settled(RELAY);
    expect(await stored()).toHaveLength(1);
    expect(await admin("/ledger")).toMatchObject({ total: { duplicate: 1 } });
  });

  it("tells events with ids of their own apart", async () => {
    await post("/slack/events", envelope(REACTION));
    await post("/slack/events", envelope(REACTION, { event_id: "Ev0000000002" }));
    await settled(RELAY);
    expect(await stored()).toHaveLength(2);
  });

  it("keeps a channel that workspaces share with the workspace that the app is in", async () => {
    await post("/slack/events", envelope(REACTION, { team_id: "T0PARTNER" }));
    await settled(RELAY);
    expect(await query("SELECT count(*) AS n FROM events", RELAY)).toEqual([{ n: 1 }]);
  });

  it("keeps the workspaces apart", async () => {
    await post("/slack/events", envelope(REACTION));
    const elsewhere = { team_id: "T0ELSEWHERE", authorizations: [], context_team_id: null };
    await post("/slack/events", envelope(REACTION, elsewhere));
    await post("/slack/events", envelope(REACTION, { ...elsewhere, team_id: null }));
    for (const name of [RELAY, "slack/T0ELSEWHERE", "slack/-"]) {
      await settled(name);
      expect(await query("SELECT count(*) AS n FROM events", name)).toEqual([{ n: 1 }]);
    }
  });

  test.for(["{not json", "", "[1,2,3]", "null", '"text"', "7", "\u0000", "token=1&text=2"])(
    "answers 200 to %j, which is recorded as unreadable",
    async (body) => {
      expect((await post("/slack/events", body)).status).toBe(200);
      await settled("slack/-");
      expect(await stored()).toMatchObject([
        { state: "unreadable", reason: "the body is not a JSON object" },
      ]);
      expect(await admin("/ledger")).toMatchObject({ total: { received: 1, unreadable: 1 } });
    },
  );

  it("answers 200 to bytes that are no text", async () => {
    expect((await post("/slack/events", new Uint8Array([0xff, 0xfe, 0x00, 0x80]))).status).toBe(
      200,
    );
    await settled("slack/-");
    expect(await stored()).toMatchObject([{ state: "unreadable" }]);
  });

  test.for<[what: string, body: string]>([
    ["an unknown event", envelope({ type: "tokens_revoked", tokens: {} })],
    ["an event without a type", envelope({})],
    ["an event that is none", envelope({}, { event: "reaction_added" })],
    ["an unknown outer type", JSON.stringify({ type: "something_new", team_id: TEAM })],
    ["an object with nothing in it", "{}"],
    ["a type that is no text", JSON.stringify({ type: ["url_verification"], team_id: TEAM })],
    ["names of JavaScript's own", envelope({ type: "__proto__", user: "constructor" })],
  ])("answers 200 to %s, which is recorded and filtered", async ([, body]) => {
    expect((await post("/slack/events", body)).status).toBe(200);
    for (const name of [RELAY, "slack/-"]) await settled(name);
    expect(await stored()).toMatchObject([{ state: "filtered", types: ["unknown"] }]);
  });

  it("records that Slack held events back, with the reason", async () => {
    const body = JSON.stringify({
      token: TOKEN,
      type: "app_rate_limited",
      team_id: TEAM,
      minute_rate_limited: 1_518_467_820,
      api_app_id: "A0CAUSEWAY",
    });
    expect((await post("/slack/events", body)).status).toBe(200);
    await settled(RELAY);
    expect(await stored()).toMatchObject([
      {
        state: "filtered",
        types: ["app_rate_limited"],
        reason: "Slack held events back: the app takes at most 30,000 an hour from a workspace",
      },
    ]);
  });

  it("answers 503 only when the event could not be committed, and takes it when it is sent again", async () => {
    await post("/slack/events", envelope(REACTION, { event_id: "Ev0" }));
    await settled(RELAY);
    const rename = async (from: string, to: string) =>
      await runInDurableObject(relay(RELAY), (_instance, state) => {
        state.storage.sql.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
      });
    await rename("events", "events_away");
    const response = await post("/slack/events", envelope(REACTION));
    // Slack sends it again unless this header says not to.
    expect(response.headers.get("x-slack-no-retry")).toBeNull();
    expect(await refusal(response)).toBe("503 not_committed");
    await rename("events_away", "events");
    const headers = { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_error" };
    expect((await post("/slack/events", envelope(REACTION), { headers })).status).toBe(200);
    await settled(RELAY);
    expect(await stored()).toHaveLength(2);
  });

  it("tries a Relay three times before it gives up, and says that it tries again", async () => {
    const accept = vi.fn<(incoming: unknown, again: boolean) => Promise<never>>(async () => {
      throw new Error(`the object moved ${WORDS.length}`);
    });
    const response = await app.fetch(
      slackRequest("/slack/events", envelope(REACTION)),
      { ...bindings, RELAY: { getByName: () => ({ accept }) } },
      createExecutionContext(),
    );
    expect(await refusal(response)).toBe("503 not_committed");
    expect(accept.mock.calls.map(([, again]) => again)).toEqual([false, true, true]);
    expect(logged("slack_not_committed")).toHaveLength(1);
  });

  it("answers within Slack's three seconds when the Relay does not", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: Date.now() });
    let finish: (receipt: object) => void = () => undefined;
    const accept = vi.fn<() => Promise<object>>(() => new Promise((resolve) => (finish = resolve)));
    const ctx = createExecutionContext();
    const answering = app.fetch(
      slackRequest("/slack/events", envelope(REACTION)),
      { ...bindings, RELAY: { getByName: () => ({ accept }) } },
      ctx,
    );
    await vi.waitUntil(() => accept.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(await refusal(await answering)).toBe("503 not_committed");
    expect(logged("slack_not_committed")).toMatchObject([{ error: "the Relay took too long" }]);
    finish({ id: "x", status: "accepted" });
    await waitOnExecutionContext(ctx);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("POST /slack/interactions", () => {
  test.for<[what: string, body: string]>([
    ["a button", interaction({ type: "block_actions", actions: [], response_url: RESPONSE_URL })],
    ["a form", interaction({ type: "view_submission", view: {}, trigger_id: TRIGGER_ID })],
    ["a closed form", interaction({ type: "view_closed" })],
    ["a global shortcut", interaction({ type: "shortcut", callback_id: "why" })],
    ["an unknown type", interaction({ type: "something_new", token: TOKEN })],
    ["a type that is no text", interaction({ type: { toString: 1 } })],
    ["no type", interaction({})],
    ["a payload that is no object", interaction(["message_action"])],
    ["a payload that is not JSON", "payload=%7Bnot+json"],
    ["no payload", "token=1"],
    ["nothing", ""],
    ["JSON in place of a form", JSON.stringify(SHORTCUT)],
  ])("answers 200 to %s, and stores nothing", async ([, body]) => {
    const response = await post("/slack/interactions", body);
    expect([response.status, await response.text()]).toEqual([200, ""]);
    expect(await admin("/ledger")).toMatchObject({ namespaces: [] });
    expect(logged("interaction_ignored")).toHaveLength(1);
  });

  it("stores a message shortcut without what opens a way to answer it", async () => {
    const response = await post("/slack/interactions", interaction(SHORTCUT));
    expect([response.status, await response.text()]).toEqual([200, ""]);
    await settled(RELAY);
    const [event] = await stored();
    expect(event).toMatchObject({ types: ["shortcut.make_issue"] });
    const body = JSON.stringify(await admin(`/events/${event?.id}/body`));
    expect(body).toContain(WORDS);
    for (const secret of [TOKEN, TRIGGER_ID, RESPONSE_URL]) expect(body).not.toContain(secret);
  });

  it("takes a shortcut once, for it has its trigger", async () => {
    for (let times = 0; times < 2; times += 1) {
      await post("/slack/interactions", interaction(SHORTCUT));
      await settled(RELAY);
    }
    await post("/slack/interactions", interaction({ ...SHORTCUT, trigger_id: "2.2.2" }));
    await settled(RELAY);
    expect(await stored()).toHaveLength(2);
  });

  it("answers 503 to a shortcut that could not be committed", async () => {
    const accept = () => Promise.reject(new Error("moved"));
    const response = await app.fetch(
      slackRequest("/slack/interactions", interaction(SHORTCUT)),
      { ...bindings, RELAY: { getByName: () => ({ accept }) } },
      createExecutionContext(),
    );
    expect(await refusal(response)).toBe("503 not_committed");
  });

  it('answers "Why this message?" to the one who asks, and stores nothing', async () => {
    const { slack } = world;
    const message = slack.people.say("U0000000002", CHANNEL, WORDS);
    const response = await slack.people.useShortcut(AMINA, message, "why");
    expect(response?.status).toBe(200);
    const said = await vi.waitUntil(() => slack.workspace.messages[1]);
    expect(said).toMatchObject({
      onlyFor: AMINA,
      channel: CHANNEL,
      text: expect.stringMatching(/^Somebody wrote this message/),
    });
    expect(await admin("/ledger")).toMatchObject({ namespaces: [] });
  });

  it('explains with "Why this message?" what it sent itself', async () => {
    await publish("destination/support", { type: "channel", channel: CHANNEL, limit: "none" });
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Opened issues", on: "issue.open", to: "support" }],
    });
    await deliver(acme(issueOpen));
    await settled();
    const { slack } = world;
    const [message] = slack.workspace.messages;
    if (message === undefined) throw new Error("nothing was sent");
    await slack.people.useShortcut(AMINA, message, "why");
    const said = await vi.waitUntil(() => slack.workspace.messages[1]);
    expect(said.onlyFor).toBe(AMINA);
    expect(said.text).toContain("Opened issues");
    expect(said.text).toContain("mapping/gitlab/acme");
  });

  test.for([{}, { response_url: "" }, { response_url: 7 }, { response_url: null }])(
    'takes "Why this message?" without an address to answer at: %j',
    async (changes) => {
      const { response_url: _address, ...rest } = SHORTCUT;
      const body = interaction({ ...rest, callback_id: "why", ...changes });
      expect((await post("/slack/interactions", body)).status).toBe(200);
      await vi.waitUntil(() => logged("answer_impossible").length === 1);
    },
  );

  it('never answers "Why this message?" at a place that is not Slack\'s', async () => {
    for (const url of [
      "https://evil.test/x",
      "http://slack.test/x",
      "https://slack.test.evil.test/x",
      "https://slack.test@evil.test/x",
      "https://slack.test:8443/x",
      "javascript:alert(1)",
      "about:blank",
    ]) {
      const before = world.fetched();
      const body = interaction({ ...SHORTCUT, callback_id: "why", response_url: url });
      expect((await post("/slack/interactions", body)).status).toBe(200);
      await vi.waitUntil(() => logged("answer_impossible").length === 1);
      expect(world.fetched()).toBe(before);
      expect(lines.join("\n")).not.toContain(url);
      lines.length = 0;
    }
  });
});

describe("POST /slack/commands", () => {
  it("answers a check of its certificate without a word", async () => {
    const response = await post("/slack/commands", "ssl_check=1&token=x");
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });

  test.for(["", " ", "help", "HELP", "  help me "])("helps with %j", async (text) => {
    expect(await answered(text)).toMatch(/^`\/causeway why <.+>`: .+\n`\/causeway rules`: /);
  });

  it("helps who sends nothing at all", async () => {
    const response = await post("/slack/commands", "");
    expect(await response.json()).toMatchObject({ text: expect.stringContaining("rules") });
  });

  test.for<[text: string, word: string]>([
    ["wy https://x.test/", "wy"],
    ["`<!channel>`&amp;", "!channelamp;"],
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
  ])("says of %j that there is no such word, and helps", async ([text, word]) => {
    const said = await answered(text);
    expect(said).toMatch(/`\/causeway why </);
    expect(said.split("\n")[0]).toBe(`There is no \`/causeway ${word}\`.`);
  });

  test.for([
    "why",
    "why ",
    "why not",
    "why https://x.test/",
    "why https://gitlab.test/acme/widgets",
    "why <https://gitlab.test/acme/widgets/-/pipelines/7|pipeline>",
    "why javascript:alert(1)",
    "Why <!channel>",
  ])("says how to ask to %j", async (text) => {
    expect(await answered(text)).toMatch(/^That is no address of a GitLab issue,/);
  });

  test.for([
    "https://gitlab.test/acme/widgets/-/issues/23",
    "<https://gitlab.test/acme/widgets/-/issues/23>",
    "<https://gitlab.test/acme/widgets/-/issues/23|#23>",
    "  https://gitlab.test/ACME/widgets/-/issues/23#note_7  ",
  ])("says of %j that nothing is known", async (url) => {
    expect(await answered(`why ${url}`)).toMatch(/^Causeway knows of no event about <https:/);
  });

  it("says what became of an issue, rule by rule", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Closed only", on: "issue.close", to: "support" }],
    });
    const issue = acme(issueOpen);
    await deliver(issue);
    await settled();
    const url = `https://gitlab.test/acme/widgets/-/issues/${issue.object_attributes.iid}`;
    const said = await answered(`why ${url}`);
    expect(said).toContain("Closed only");
    expect(said).toContain("issue.open");
  });

  it("says nothing about an issue to a guest", async () => {
    const guest = world.slack.workspace.member(AMINA);
    if (guest === undefined) throw new Error("nobody is there");
    guest.isGuest = true;
    expect(await answered("why https://gitlab.test/acme/widgets/-/issues/23")).toBe(
      "Only full members of this workspace can ask that.",
    );
  });

  it("says nothing about an issue to one who has left", async () => {
    const gone = world.slack.workspace.member(AMINA);
    if (gone === undefined) throw new Error("nobody is there");
    gone.isDeleted = true;
    expect(await answered("why https://gitlab.test/acme/widgets/-/issues/23")).toBe(
      "Only full members of this workspace can ask that.",
    );
  });

  test.for<[name: string, user: string]>([
    ["a person whom Slack does not know", "U0000000009"],
    ["nobody", ""],
  ])("says nothing about an issue to %s", async ([, user_id]) => {
    const said = await answered("why https://gitlab.test/acme/widgets/-/issues/23", { user_id });
    expect(said).toMatch(/^Causeway cannot tell whether you may ask\. Slack did not say who/);
  });

  it("says nothing about an issue while it cannot ask who somebody is", async () => {
    world.slack.workspace.scopes.delete("users:read");
    const said = await answered("why https://gitlab.test/acme/widgets/-/issues/23");
    expect(said).toMatch(/^Causeway cannot tell whether you may ask\. .*users:read/);
  });

  it("says nothing about an issue that is confidential", async () => {
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Everything", on: "*", to: "support" }],
    });
    const issue = acme(issueOpen);
    const hidden = {
      ...issue,
      object_attributes: { ...issue.object_attributes, confidential: true },
    };
    await deliver(hidden, { hook: "Confidential Issue Hook" });
    await settled();
    const url = `https://gitlab.test/acme/widgets/-/issues/${issue.object_attributes.iid}`;
    const said = await answered(`why ${url}`);
    expect(said).toMatch(/^That is confidential/);
    expect(said).not.toContain("Everything");
    expect(said).not.toContain(issue.object_attributes.title);
  });

  it("says which rules are about the channel", async () => {
    await publish("destination/support", { type: "channel", channel: CHANNEL });
    await publish("mapping/gitlab/acme", {
      rules: [{ name: "Opened *issues*", on: "issue.open", to: "support" }],
    });
    await publish(`mapping/slack/${CHANNEL}`, {
      rules: [{ name: "Escalate", on: "reaction.rotating_light", to: "thread", message: "Do." }],
    });
    const said = await answered("rules");
    expect(said).toMatch(/^\*This channel is told\*\n• .+\n\*Answered in this channel\*\n• .+$/);
    expect(said).toContain("Opened \u2217issues\u2217");
    expect(said).toContain("Escalate");
    expect(await answered("rules", { channel_id: "C0000000002" })).toMatch(/^No rule tells/);
  });

  it("answers later, at the command's own address, when it takes long", async () => {
    const { slack } = world;
    vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: Date.now() });
    let finish: (events: []) => void = () => undefined;
    const eventsAbout = vi.fn<() => Promise<[]>>(
      () => new Promise((resolve) => (finish = resolve)),
    );
    const ctx = createExecutionContext();
    const answering = app.fetch(
      slackRequest("/slack/commands", command("why https://gitlab.test/a/b/-/issues/1")),
      {
        ...bindings,
        RELAY: { getByName: () => ({ eventsAbout, names: async () => ["gitlab/a"] }) },
      },
      ctx,
    );
    await vi.waitUntil(() => eventsAbout.mock.calls.length === 1);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(await (await answering).json()).toEqual({
      response_type: "ephemeral",
      text: "One moment…",
    });
    finish([]);
    await waitOnExecutionContext(ctx);
    // The stand-in has not opened that address: it says so, and the log says so without the address.
    expect(slack.workspace.requests.at(-1)).toMatchObject({ method: "POST", status: 404 });
    expect(logged("answer_refused")).toEqual([{ event: "answer_refused", status: 404 }]);
  });

  it("that cannot be answered says so, without saying why", async () => {
    const eventsAbout = () => Promise.reject(new Error("SQLITE_FULL in shard 7"));
    const response = await app.fetch(
      slackRequest("/slack/commands", command("why https://gitlab.test/a/b/-/issues/1")),
      {
        ...bindings,
        RELAY: { getByName: () => ({ eventsAbout, names: async () => ["gitlab/a"] }) },
      },
      createExecutionContext(),
    );
    expect(await response.json()).toEqual({
      response_type: "ephemeral",
      text: "Causeway could not find that out just now. Please ask again.",
    });
  });
});

describe("the log", () => {
  it("has ids and codes of what Slack sends, and nothing else", async () => {
    await publish(`mapping/slack/${CHANNEL}`, {
      rules: [
        { name: "Eyes", on: "reaction.eyes", to: "thread", message: "{{ event.message.text }}" },
      ],
    });
    const { slack } = world;
    const message = slack.people.say("U0000000002", CHANNEL, WORDS);
    await slack.people.react(AMINA, message, "eyes");
    await settled(RELAY);
    expect(slack.workspace.messages[1]).toMatchObject({ threadTs: message.ts, text: WORDS });
    await slack.people.useShortcut(AMINA, message, "make_issue");
    await settled(RELAY);
    await slack.people.command(AMINA, CHANNEL, `why ${WORDS}`);
    expect(logged("received").length).toBeGreaterThan(0);
    logsAreClean();
  });
});
