import { exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { deriveHookSecret } from "../../src/gitlab/hook-secret.ts";
import { FAULTS, type FaultName } from "../../src/sandbox/faults.ts";
import issueOpen from "../fixtures/gitlab/issue.open.json" with { type: "json" };
import pipelineFailed from "../fixtures/gitlab/pipeline.failed.json" with { type: "json" };
import { AMINA, CHANNEL, createSlackWorld, type SlackWorld } from "../relay/slack-world.ts";
import { TEST_SETTINGS } from "../settings.ts";
import { admin, deliver, ORIGIN, webhook } from "../webhook.ts";
import { acme, bindings, endWorld, publish, settled, step } from "../world.ts";
import { sent, watchConsole } from "./witness.ts";

const issue = acme(issueOpen);
const HOOK_SECRET = "aB3dE5fG7hJ9kL1mN3pQ5rS7";
const HOOK_URL = `https://slack.test/services/T0CAUSEWAY/B0000000009/${HOOK_SECRET}`;
const TRIGGER_SECRET = new URL(TEST_SETTINGS.TRIGGER_URL).pathname.split("/").at(-1) ?? "";
const DERIVED = deriveHookSecret("master-secret-now", "acme");

/** Every secret that the Worker holds, by name. */
const SECRETS = [
  TEST_SETTINGS.GITLAB_SIGNING_TOKENS,
  TEST_SETTINGS.GITLAB_SIGNING_TOKENS.replace("whsec_", ""),
  ...TEST_SETTINGS.GITLAB_SECRET_TOKENS.split(" "),
  ...TEST_SETTINGS.HOOK_MASTER_SECRETS.split(" "),
  DERIVED,
  TEST_SETTINGS.ADMIN_TOKEN,
  TEST_SETTINGS.VIEWER_TOKEN,
  TEST_SETTINGS.SLACK_BOT_TOKEN,
  TEST_SETTINGS.SLACK_SIGNING_SECRET,
  TEST_SETTINGS.GITLAB_API_TOKEN,
  TRIGGER_SECRET,
  HOOK_SECRET,
];

/** A secret as itself, and as it looks when something else has been made of it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

let world: SlackWorld;
let written: unknown[][];

beforeEach(async () => {
  world = await createSlackWorld({
    "mapping/gitlab/acme": {
      rules: [
        {
          name: "All",
          on: "*",
          to: ["workflow", "hook", "channel"],
          message: "{{ event.title }} {{ payload }} {{ payload.object_attributes.variables }}",
          variables: { title: "{{ event.title }}", url: "{{ payload.variables | json }}" },
        },
      ],
    },
    "destination/workflow": {
      type: "workflow",
      url: "secret:TRIGGER_URL",
      variables: ["title", "url"],
      channel: CHANNEL,
      limit: "none",
    },
    "destination/hook": { type: "webhook", url: HOOK_URL, channel: CHANNEL, limit: "none" },
    "destination/channel": { type: "channel", channel: CHANNEL, limit: "none" },
    "destination/alerts": { type: "channel", channel: "C0000000005", limit: "none" },
  });
  await world.rules({
    on: "reaction.ticket",
    to: "gitlab_issue",
    issue: { project: "acme/tickets" },
  });
  written = watchConsole();
});
afterEach(endWorld);

/** Makes the Worker say whatever it has to say, to everybody who may ask. */
async function everythingSaid(): Promise<string> {
  const { people } = world.slack;
  await people.command(AMINA, CHANNEL, "rules");
  await people.command(AMINA, CHANNEL, `why ${issue.object_attributes.url}`);
  const { items } = await admin<{ items: { id: string }[] }>("/events?limit=200");
  const answers = await Promise.all([
    admin("/ledger"),
    admin("/problems"),
    ...items.map(({ id }) => admin(`/events/${id}`)),
    ...OPEN.map(async (request) => await (await exports.default.fetch(request())).text()),
  ]);
  return JSON.stringify([written, answers, world.slack.workspace.messages, await carried()]);
}

/** What anybody may ask. */
const OPEN: (() => Request)[] = [
  () => new Request(`${ORIGIN}/health`),
  () => new Request(`${ORIGIN}/health/delivery`),
  () => new Request(`${ORIGIN}/nothing`),
  () => new Request(`${ORIGIN}/admin/api/ledger`),
  () => new Request(`${ORIGIN}/slack/events`, { method: "POST" }),
  () => webhook(issue, { token: "whsec_AAAAAAAAAAAAAAAAAAAAAAAA" }),
  () => webhook(issue, { path: "/other", headers: { "webhook-signature": null } }),
];

/** What requests carried to others, but for each secret where it belongs. */
async function carried(): Promise<unknown[]> {
  return (await sent()).map(({ url, headers, body }) => {
    const rest = { ...headers };
    if (url.startsWith(TEST_SETTINGS.SLACK_API_URL)) {
      expect(rest["authorization"]).toBe(`Bearer ${TEST_SETTINGS.SLACK_BOT_TOKEN}`);
      delete rest["authorization"];
    }
    if (url.startsWith(TEST_SETTINGS.GITLAB_URL)) delete rest["private-token"];
    const isAddress = url === HOOK_URL || url === TEST_SETTINGS.TRIGGER_URL;
    return [isAddress ? "the destination's own address" : url, rest, body];
  });
}

/** Where a secret stands in all that is said, with what is around it. */
async function secretsSaid(): Promise<string[]> {
  const said = await everythingSaid();
  expect(said.length).toBeGreaterThan(1_000);
  return SECRETS.flatMap(formsOf).flatMap((form) => {
    const at = said.indexOf(form);
    return at === -1 ? [] : [said.slice(Math.max(0, at - 200), at + 60)];
  });
}

/** Slow ones are the same to the reader of a log, after five seconds. */
const QUICK = (Object.keys(FAULTS) as FaultName[]).filter(
  (name) => name !== "hang" && name !== "slow",
);

describe("no secret is in a log, an answer, a message or another's request", () => {
  it("while all is well", async () => {
    await deliver(issue);
    await deliver(issue, { path: "/acme", token: DERIVED });
    const headers = { "webhook-signature": null, "x-gitlab-token": "plain-token-one" };
    await deliver(issue, { headers });
    await settled();
    await world.react(AMINA, "ticket");
    expect(await secretsSaid()).toEqual([]);
  });

  test.for(QUICK)("when Slack fails: %s", async (fault) => {
    world.slack.workspace.faults.set({ on: "*", fault });
    await deliver(issue);
    await settled();
    await step(60_000);
    world.slack.workspace.faults.clear();
    expect(await secretsSaid()).toEqual([]);
  });

  /** What a proxy, an error page or a library may say of a request: all of it. */
  const QUOTES: [name: string, answer: (request: Request) => Response][] = [
    ...[200, 400, 401, 403, 404, 410, 429, 500].map(
      (status): [string, (request: Request) => Response] => [
        `a page with status ${status}`,
        (request) => new Response(quoted(request), { status }),
      ],
    ),
    ["a word of Slack's", (request) => Response.json({ ok: false, error: quoted(request) })],
    [
      "a missing scope",
      (request) => Response.json({ ok: false, error: "missing_scope", needed: quoted(request) }),
    ],
    [
      "what is wrong with a block",
      (request) => Response.json({ ok: false, error: "invalid_blocks", errors: [quoted(request)] }),
    ],
    [
      "GitLab's words",
      (request) => Response.json({ message: { title: [quoted(request)] } }, { status: 400 }),
    ],
    [
      "a redirect",
      (request) =>
        new Response(null, {
          status: 302,
          headers: { location: `https://evil.test/${quoted(request)}` },
        }),
    ],
    [
      "an exception",
      (request) => {
        throw new TypeError(`fetch failed: ${quoted(request)}`);
      },
    ],
  ];

  function quoted({ url, headers }: Request): string {
    const { pathname } = new URL(url);
    const secret = headers.get("authorization") ?? headers.get("private-token") ?? "";
    return `${secret} ${pathname} ${pathname.split("/").at(-1)} ${url} ${encodeURIComponent(url)}`;
  }

  test.for(QUOTES)("when others quote the whole request: %s", async ([, answer]) => {
    const fetching = vi.mocked(globalThis.fetch);
    const asBefore = fetching.getMockImplementation();
    fetching.mockImplementation(async (input, init) =>
      answer(new Request(input as RequestInfo, init as RequestInit)),
    );
    await deliver(issue);
    await settled();
    await step(60_000);
    await world.react(AMINA, "ticket").catch(() => undefined);
    if (asBefore !== undefined) fetching.mockImplementation(asBefore);
    await step(600_000);
    expect(await secretsSaid()).toEqual([]);
  });

  test.for<[name: string, document: string]>([
    ["that is no JSON", `{"type":"webhook","url":"${HOOK_URL}",}`],
    ["that ends too early", `{"type":"webhook","url":"${HOOK_URL}`],
    ["that is nothing but the address", HOOK_URL],
    ["whose address is in the wrong place", JSON.stringify({ type: "channel", channel: HOOK_URL })],
    ["whose type is the address", JSON.stringify({ type: HOOK_URL })],
    ["with a key too many", JSON.stringify({ type: "webhook", url: HOOK_URL, link: HOOK_URL })],
    [
      "whose limit is the address",
      JSON.stringify({ type: "webhook", url: HOOK_URL, limit: HOOK_URL }),
    ],
    [
      "with a broken address",
      JSON.stringify({ type: "webhook", url: `htps//${HOOK_URL.slice(8)}` }),
    ],
    [
      "at another host",
      JSON.stringify({ type: "webhook", url: HOOK_URL.replace("slack", "evil") }),
    ],
    ["with a list of addresses", JSON.stringify({ type: "webhook", url: [HOOK_URL] })],
  ])("when a destination has a mistake: one %s", async ([, document]) => {
    await publish("destination/hook", document);
    await deliver(issue);
    await settled();
    await step(60_000);
    expect(await secretsSaid()).toEqual([]);
  });

  it("when KV fails and says what it was asked", async () => {
    await deliver(issue);
    await settled();
    await publish("destination/hook", "{");
    await publish("mapping/gitlab/acme", `{"rules": ${HOOK_URL}}`);
    await step(120_000);
    await deliver(issue);
    await settled();
    expect(await secretsSaid()).toEqual([]);
  });

  it("when the Worker itself crashes", async () => {
    const { app } = await import("../../routes/app.ts");
    const broken = {
      ...bindings,
      RELAY: {
        getByName: () => {
          throw new Error("the Relay is away");
        },
      } as unknown as typeof bindings.RELAY,
    };
    const headers = { authorization: `Bearer ${TEST_SETTINGS.ADMIN_TOKEN}` };
    const requests = [
      webhook(issue),
      webhook(issue, {
        headers: { "webhook-signature": null, "x-gitlab-token": "plain-token-two" },
      }),
      new Request(`${ORIGIN}/admin/api/ledger`, { headers }),
      new Request(`${ORIGIN}/health/delivery`, { headers }),
    ];
    for (const request of requests) {
      const response = await app.fetch(request, broken);
      expect(response.status).toBeGreaterThanOrEqual(500);
      written.push([await response.text()]);
    }
    expect(await secretsSaid()).toEqual([]);
  });
});

describe("what a payload holds that is for nobody's eyes", () => {
  const HIDDEN = ["ci-v4riable", "t0ken-in-a-body", "amina@example.org", "x-h34der-token"];

  it("is in no message, no log and no page of the admin API", async () => {
    const variables = [{ key: "DEPLOY_KEY", value: HIDDEN[0] }];
    await deliver(
      {
        ...acme(pipelineFailed),
        object_attributes: { ...pipelineFailed.object_attributes, variables },
        variables,
        hook: { token: HIDDEN[1], secret_token: HIDDEN[1], password: HIDDEN[1] },
        user: { ...pipelineFailed.user, email: HIDDEN[2] },
      },
      { hook: "Pipeline Hook", headers: { "x-gitlab-token": HIDDEN[3] ?? "" } },
    );
    await settled();
    expect(await secretsSaid()).toEqual([]);
    const said = await everythingSaid();
    expect(said).toContain("DEPLOY_KEY");
    for (const hidden of HIDDEN) expect(said).not.toContain(hidden);
  });
});

it("a secret that stands in a setting which is none is not told to everybody", async () => {
  const { app } = await import("../../routes/app.ts");
  const response = await app.fetch(new Request(`${ORIGIN}/health`), {
    ...bindings,
    SLACK_HOOK_ORIGINS: `${HOOK_URL.slice("https://".length)} //${HOOK_URL} https//${HOOK_URL}`,
    GITLAB_SIGNING_TOKENS: "whsec_n0t-base64-but-s3cret",
  });
  const said = await response.text();
  expect(said).toContain("SLACK_HOOK_ORIGINS");
  expect(said).not.toContain(HOOK_SECRET);
  expect(said).not.toContain("s3cret");
});
