import { exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, test } from "vitest";
import { isObject, object, text, type Json, type JsonObject } from "../../src/json.ts";
import { payloadOf } from "../gitlab/fixtures.ts";
import { AMINA, CHANNEL, createSlackWorld, type SlackWorld } from "../relay/slack-world.ts";
import { admin, deliver, ORIGIN } from "../webhook.ts";
import { endWorld, publish, settled, step } from "../world.ts";
import { sent, watchConsole } from "./witness.ts";

/** What stands in every text of a confidential event, and must stand nowhere else. */
const MARK = "c0nf1dential-t3xt";
/** The one channel that may be told, and the one that hears of what goes wrong. */
const [TRUSTED, ALERTS] = ["C0000000002", "C0000000005"];
const HOOK = "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001";
const TEXTS = ["title", "description", "note", "text", "url", "name", "username", "target_title"];

afterEach(endWorld);

/** A recorded body in `acme/widgets`, with the mark in every text that somebody may have written. */
function marked(fixture: string, changes: (payload: JsonObject) => void): JsonObject {
  const payload = withMark(payloadOf(fixture)) as JsonObject;
  payload["project"] = {
    ...object(payload["project"]),
    name: "Widgets",
    path_with_namespace: "acme/widgets",
  };
  changes(payload);
  return payload;
}

function withMark(value: Json, key = ""): Json {
  if (Array.isArray(value)) return value.map((item) => withMark(item));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, withMark(inner, name)]),
    );
  }
  return TEXTS.includes(key) && text(value) !== null ? `${String(value)}?${MARK}` : value;
}

function flag(parent: string, name: string, value: Json = true) {
  return (payload: JsonObject): void => {
    payload[parent] = { ...object(payload[parent]), [name]: value };
  };
}

const nothing = (): void => undefined;
const eventType = (payload: JsonObject): void => {
  payload["event_type"] = `confidential_${text(payload["object_kind"])}`;
};

/** Each kind that can be confidential, with each sign by which GitLab says so. */
const EVENTS: [name: string, fixture: string, hook: string, sign: (payload: JsonObject) => void][] =
  [
    [
      "an issue, by its flag",
      "issue.open",
      "Issue Hook",
      flag("object_attributes", "confidential"),
    ],
    ["an issue, by its event_type", "issue.open", "Issue Hook", eventType],
    ["an issue, by its header", "issue.open", "Confidential Issue Hook", nothing],
    ["an issue as recorded", "issue.open-confidential", "Confidential Issue Hook", nothing],
    ["an issue made confidential", "issue.made_confidential", "Issue Hook", nothing],
    ["an update of one", "issue.labeled", "Issue Hook", flag("object_attributes", "confidential")],
    [
      "an issue of a custom template, which makes texts of flags",
      "issue.open",
      "Issue Hook",
      flag("object_attributes", "confidential", "true"),
    ],
    ["an incident", "incident.open", "Issue Hook", flag("object_attributes", "confidential")],
    ["a task", "work_item.open-task", "Work Item Hook", flag("object_attributes", "confidential")],
    ["an epic", "epic.open", "Epic Hook", flag("object_attributes", "confidential")],
    ["a comment on an issue", "note.create-issue", "Note Hook", flag("issue", "confidential")],
    [
      "a comment on a task",
      "note.create-work_item",
      "Note Hook",
      flag("work_item", "confidential"),
    ],
    ["a comment on an epic", "note.create-epic", "Note Hook", flag("epic", "confidential")],
    ["a comment as recorded", "note.create-confidential-issue", "Confidential Note Hook", nothing],
    ["an internal note as recorded", "note.create-internal", "Confidential Note Hook", nothing],
    [
      "an internal note on a merge request",
      "note.create-merge_request",
      "Note Hook",
      flag("object_attributes", "internal"),
    ],
    [
      "a confidential comment, as it was called before",
      "note.create-issue",
      "Note Hook",
      flag("object_attributes", "confidential"),
    ],
    ["an emoji on an issue", "emoji.award", "Emoji Hook", flag("issue", "confidential")],
    ["an emoji on an internal note", "emoji.award-note", "Emoji Hook", flag("note", "internal")],
  ];

/** What rules say: nothing, words of their own, words and conditions that fail. */
const WORDINGS: Record<string, object> = {
  default: {},
  compact: { style: "compact" },
  own: {
    message: "{{ event.title }} {{ event.link }} {{ payload.object_attributes.note }}",
    variables: { title: "{{ event.title }}", url: "{{ payload.object_attributes.url }}" },
  },
  failing: {
    message:
      "{{ event.title }}{% for i in (1..999) %}{% for j in (1..999) %}x{% endfor %}{% endfor %}",
    variables: {
      title:
        "{{ event.title }}{% for i in (1..999) %}{% for j in (1..999) %}x{% endfor %}{% endfor %}",
    },
  },
  unanswerable: { when: { if: "event.title > 3" } },
};

const KINDS: Record<string, object> = {
  workflow: { type: "workflow", url: "secret:TRIGGER_URL", variables: ["title", "url", "text"] },
  channel: { type: "channel", channel: CHANNEL },
  webhook: { type: "webhook", url: HOOK },
};

/** Every wording at every kind of destination, none of which may be told; and one that may. */
async function createConfidentialWorld(): Promise<SlackWorld & { untold: string[] }> {
  const untold = Object.keys(KINDS).flatMap((kind) =>
    Object.keys(WORDINGS).map((wording) => `${kind}-${wording}`),
  );
  const rules = Object.entries(WORDINGS).map(([wording, words]) => ({
    name: wording,
    on: "*",
    to: Object.keys(KINDS).map((kind) => `${kind}-${wording}`),
    ...words,
  }));
  const world = await createSlackWorld({
    "mapping/gitlab/acme": { rules: [...rules, { name: "Trusted", on: "*", to: "trusted" }] },
    "destination/trusted": { type: "channel", channel: TRUSTED, confidential: true, limit: "none" },
    "destination/alerts": { type: "channel", channel: ALERTS, limit: "none" },
    ...Object.fromEntries(
      untold.map((name) => [
        `destination/${name}`,
        { ...KINDS[name.split("-")[0] ?? ""], limit: "none" },
      ]),
    ),
  });
  return { ...world, untold };
}

/** Requests with the mark in them that did not go to the trusted channel. */
async function leaks(): Promise<string[]> {
  return (await sent())
    .filter(({ url, body }) =>
      `${url} ${decodeURIComponent(body.replaceAll("+", " "))}`.includes(MARK),
    )
    .filter(({ body }) => !body.includes(`channel=${TRUSTED}`))
    .map(({ url, body }) => `${url} ${body}`);
}

describe("a confidential event", () => {
  test.for(EVENTS)("reaches only who may be told: %s", async ([, fixture, hook, sign]) => {
    const world = await createConfidentialWorld();
    const written = watchConsole();
    const { id } = await deliver(marked(fixture, sign), { hook });
    await settled();
    await step(60_000);

    expect(await leaks()).toEqual([]);
    const told = world.slack.workspace.messages.filter(({ via }) => via !== "person");
    expect(told.map(({ channel }) => channel)).toEqual([TRUSTED]);
    expect(JSON.stringify(told)).toContain(MARK);
    expect(JSON.stringify(written)).not.toContain(MARK);
    const { deliveries } = await admin<{
      deliveries: { destination: string; reason: string | null; content: unknown }[];
    }>(`/events/${id}`);
    const held = deliveries.filter(({ reason }) => reason === "confidential");
    expect(held).toHaveLength(world.untold.length);
    // Not even made, so that nothing can send it later.
    for (const { content } of held) expect(content).toBe(null);
  });

  it("that is public reaches all of them: the destinations are not simply broken", async () => {
    const world = await createConfidentialWorld();
    await deliver(marked("issue.open", nothing), { hook: "Issue Hook" });
    await settled();
    await step(60_000);
    const told = world.slack.workspace.messages.filter(({ via }) => via !== "person");
    expect(told).toHaveLength(world.untold.length + 1);
    expect((await leaks()).length).toBeGreaterThan(world.untold.length / 2);
  });

  it("that cannot be delivered is alerted without a word of it", async () => {
    const world = await createConfidentialWorld();
    const written = watchConsole();
    world.slack.workspace.faults.set({ on: "/api/chat.postMessage", fault: "archived", times: 1 });
    await deliver(marked("issue.open", flag("object_attributes", "confidential")));
    await settled();
    await step(1_000);
    const alerts = world.slack.workspace.messages.filter(({ channel }) => channel === ALERTS);
    expect(alerts).toHaveLength(1);
    expect(JSON.stringify(alerts)).toContain("trusted");
    expect(JSON.stringify([alerts, written])).not.toContain(MARK);
    expect(await leaks()).toEqual([]);
  });

  it("whose own message or condition fails is logged without a word of it", async () => {
    const world = await createConfidentialWorld();
    const written = watchConsole();
    for (const wording of ["failing", "unanswerable"]) {
      await publish("mapping/gitlab/acme", {
        rules: [{ name: wording, on: "*", to: "trusted", ...WORDINGS[wording] }],
      });
      await step(120_000);
      await deliver(marked("issue.open", flag("object_attributes", "confidential")));
      await settled();
    }
    expect(JSON.stringify(world.slack.workspace.messages)).toMatch(/could not be made.*no answer/);
    const failures = written.map(String).filter((line) => line.includes("rule_failed"));
    expect(failures).toHaveLength(2);
    expect(JSON.stringify(written)).not.toContain(MARK);
    expect(await leaks()).toEqual([]);
  });

  it("is told to nobody who asks: by command, by shortcut, by emoji, at the open addresses", async () => {
    const world = await createConfidentialWorld();
    const payload = marked("issue.open", flag("object_attributes", "confidential"));
    const url = "https://gitlab.example.com/acme/widgets/-/issues/7";
    payload["object_attributes"] = { ...object(payload["object_attributes"]), iid: 7, url };
    await deliver(payload);
    await settled();
    const notice = world.slack.workspace.messages.find(({ channel }) => channel === TRUSTED);
    if (notice === undefined) throw new Error("nobody was told");
    await world.slack.people.command(AMINA, TRUSTED, `why ${url}`);
    await world.slack.people.command(AMINA, CHANNEL, `why ${url}`);
    await world.slack.people.command(AMINA, CHANNEL, "rules");
    await world.react(AMINA, "question", notice);
    await world.slack.people.useShortcut(AMINA, notice, "why");
    const answers = () => world.slack.workspace.messages.filter(({ onlyFor }) => onlyFor === AMINA);
    await expect.poll(answers).toHaveLength(5);
    const open = await Promise.all(
      ["/health", "/health/delivery"].map(async (path) =>
        (await exports.default.fetch(ORIGIN + path)).text(),
      ),
    );
    const seen = JSON.stringify([answers(), open]);
    expect(seen).toContain("confidential");
    expect(seen).not.toContain(MARK);
  });

  it("waits for no destination that appears later and may not be told either", async () => {
    const world = await createSlackWorld({
      "mapping/gitlab/acme": { rules: [{ name: "All", on: "*", to: "later" }] },
    });
    await deliver(marked("issue.open", flag("object_attributes", "confidential")));
    await settled();
    await publish("destination/later", { type: "channel", channel: CHANNEL, limit: "none" });
    await step(120_000);
    await step(120_000);
    expect(await leaks()).toEqual([]);
    expect((await world.events())[0]?.deliveries[0]).toMatchObject({
      state: "filtered",
      reason: "confidential",
    });
  });
});
