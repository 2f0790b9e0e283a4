import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { admin } from "../webhook.ts";
import { endWorld, evict, publish, query, settled, step } from "../world.ts";
import {
  AMINA,
  BRUNO,
  CHANNEL,
  CHEN,
  createSlackWorld,
  RELAY,
  type SlackWorld,
} from "./slack-world.ts";

/** What one reaction, person or answer does must not harm another. */
let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld();
});
afterEach(endWorld);

const ESCALATE = { on: "reaction.escalate", to: "thread" };
const TICKET = {
  on: "reaction.ticket",
  to: "gitlab_issue",
  message: undefined,
  issue: { project: "acme/widgets" },
};

/** Slack answers a method with one of its words. */
function slackSays(method: string, error: string): void {
  const inner = vi.mocked(globalThis.fetch).getMockImplementation();
  vi.mocked(globalThis.fetch).mockImplementation(async (input, init) => {
    const { url } = new Request(input as RequestInfo, init as RequestInit);
    if (url.endsWith(`/api/${method}`)) return Response.json({ ok: false, error });
    if (inner === undefined) throw new Error("no world");
    return await inner(input, init);
  });
}

describe("a question that Slack never answers", () => {
  it("such as who is in a group without a paid plan, lets that event go its way at once", async () => {
    slackSays("usergroups.users.list", "plan_upgrade_required");
    await world.rules({ ...ESCALATE, who: "S0000000001" }, { on: "reaction.slack", to: "dm" });
    await world.react(AMINA, "escalate");
    expect(await world.latest()).toMatchObject({
      state: "filtered",
      rules: [{ why: expect.stringContaining("Slack does not say who is in S0000000001") }, {}],
    });
    await world.react(AMINA, "slack");
    expect(world.answers()).toHaveLength(1);
  });

  it("holds its own event a minute, and nobody else's", async () => {
    slackSays("chat.getPermalink", "internal_error");
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    expect(await world.latest()).toMatchObject({ state: "pending" });
    expect((await world.events()).map(({ state }) => state)).toEqual(["pending"]);
    await step(70_000, RELAY);
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.reason).toContain("internal_error");
  });

  it("about a user group keeps `not` shut: nobody gets past it unasked", async () => {
    world.slack.workspace.scopes.delete("usergroups:read");
    await world.rules({ ...ESCALATE, who: { not: "S0000000001" } });
    await world.react(CHEN, "escalate");
    expect(world.answers()).toEqual([]);
    expect((await world.latest())?.rules[0]?.why).toContain(
      "Slack does not say who is in S0000000001",
    );
  });
});

describe("taking back", () => {
  it("that Slack refuses fails by itself, and the channel's answers go on", async () => {
    await world.rules({ ...ESCALATE, undo: true });
    await world.react(AMINA, "escalate");
    slackSays("chat.delete", "cant_delete_message");
    await step(2_000, RELAY);
    await world.unreact(AMINA, "escalate");
    expect(await world.latest()).toMatchObject({
      state: "failed",
      reason: "Slack refused the message: cant_delete_message. The message stays.",
    });
    const other = world.slack.people.say(CHEN, CHANNEL, "Another");
    await step(2_000, RELAY);
    await world.react(AMINA, "escalate", other);
    expect(world.answers()).toHaveLength(2);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("one emoji of a rule leaves the answer that another one brought", async () => {
    await world.rules({ on: ["reaction.escalate", "reaction.sos"], to: "thread", undo: true });
    await world.react(AMINA, "escalate");
    await world.react(AMINA, "sos");
    await world.unreact(AMINA, "sos");
    expect(world.answers()).toHaveLength(1);
    await world.unreact(AMINA, "escalate");
    await step(2_000, RELAY);
    expect(world.answers()).toEqual([]);
  });

  it("never touches an issue, of which GitLab may be making one at this moment", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await world.rules(
      { ...TICKET, to: ["gitlab_issue", "alerts"], undo: true },
      { ...TICKET, on: "reaction.memo", issue: { project: "acme/other" } },
    );
    world.gitlab.faults.push({ method: "POST", answer: "cut", after: true });
    await world.react(AMINA, "ticket");
    await world.unreact(AMINA, "ticket");
    await world.react(AMINA, "memo");
    await world.react(AMINA, "ticket");
    for (let n = 0; n < 5; n += 1) await step(60_000, RELAY);
    expect(world.gitlab.issues).toHaveLength(1);
  });
});

describe("an issue in doubt", () => {
  it("is not made again before GitLab must be done, although somebody retries it", async () => {
    await world.rules(TICKET);
    // GitLab has it only later than its answer was lost.
    world.gitlab.faults.push({ method: "POST", answer: "cut" });
    await world.react(AMINA, "ticket");
    const delivery = (await world.latest())?.deliveries[0];
    const asked = world.fetched();
    await admin(`/deliveries/${delivery?.id}/retry`, { method: "POST" });
    await evict(RELAY);
    await step(15_000, RELAY);
    expect(world.fetched()).toBe(asked);
    await step(90_000, RELAY);
    expect(world.gitlab.issues).toHaveLength(1);
  });
});

describe("a rule that is corrected", () => {
  it("makes the issue of a message for which it named a project that there is none", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await world.rules({ ...TICKET, issue: { project: "acme/one-missing" } });
    await world.react(AMINA, "ticket");
    expect(await admin("/problems")).toMatchObject({
      items: [{ pauses: [{ code: "gitlab_project_not_found" }] }],
    });
    await world.rules(TICKET);
    await step(100_000, RELAY);
    const event = await world.latest();
    await admin(`/events/${event?.id}/replay`, { method: "POST" });
    for (let n = 0; n < 3; n += 1) await step(100_000, RELAY);
    expect(world.gitlab.issues).toMatchObject([{ project: "acme/widgets" }]);
    expect(await world.latest()).toMatchObject({ state: "delivered" });
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("leaves the ledger right, also when the event was settled long ago", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await world.rules({ ...TICKET, issue: { project: "acme/one-missing" } });
    await world.react(AMINA, "ticket");
    await step(8 * 24 * 3_600_000, RELAY);
    await step(3_700_000, RELAY);
    const [{ settled: mark } = { settled: 0 }] = await query<{ settled: number }>(
      "SELECT settled_seq > (SELECT max(seq) FROM events) AS settled FROM ledger",
      RELAY,
    );
    expect(mark).toBe(1);
    await world.rules(TICKET);
    await step(100_000, RELAY);
    const event = await world.latest();
    await admin(`/events/${event?.id}/replay`, { method: "POST" });
    for (let n = 0; n < 3; n += 1) await step(100_000, RELAY);
    const { total } = await admin<{ total: object }>("/ledger");
    expect(total).toMatchObject({
      received: 1,
      delivered: 1,
      filtered: 0,
      pending: 0,
      failed: 0,
      // The issue, its answer and the alert; and the delivery that gave way.
      deliveries: { delivered: 3, filtered: 1, pending: 0, failed: 0 },
    });
  });
});

describe("an answer of Causeway's own", () => {
  it("is not answered when somebody reacts to it, and its author is nobody", async () => {
    await world.rules({ ...ESCALATE, message: "{{ event.author | mention | default: 'Hello' }}" });
    await world.react(AMINA, "escalate");
    const [answer] = world.answers();
    if (answer === undefined) throw new Error("no answer");
    await step(2_000, RELAY);
    await world.react(AMINA, "escalate", answer);
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.reason).toBe("it is on one of Causeway's own answers");
    const notice = world.slack.workspace.post({
      via: "bot",
      path: "",
      channel: CHANNEL,
      poster: "causeway",
      user: "U0CAUSEWAY",
      text: "An issue was opened",
    });
    await step(2_000, RELAY);
    await world.react(AMINA, "escalate", notice);
    expect(world.answers().at(-1)).toMatchObject({ text: "Hello", threadTs: notice.ts });
  });
});

describe("shadow mode", () => {
  it("answers nobody, and keeps no answer from going out when the rule is live", async () => {
    await world.rules({ ...ESCALATE, mode: "shadow" });
    await world.react(AMINA, "escalate");
    await world.react(CHEN, "escalate");
    expect((await world.events()).map(({ reason }) => reason?.slice(0, 16))).toEqual([
      "answered already",
      "mode: shadow",
    ]);
    await world.rules(ESCALATE);
    await step(100_000, RELAY);
    await world.react(BRUNO, "escalate");
    expect(world.answers()).toHaveLength(1);
  });

  it("makes no issue, and keeps none from being made", async () => {
    await world.rules({ ...TICKET, mode: "shadow" }, { ...TICKET, on: "reaction.memo" });
    await world.react(AMINA, "ticket");
    expect(world.gitlab.issues).toEqual([]);
    await world.react(AMINA, "memo");
    expect(world.gitlab.issues).toHaveLength(1);
  });
});

describe("an answer to one person", () => {
  it("that the channel does not take goes to the person, and pauses nothing", async () => {
    slackSays("chat.postEphemeral", "restricted_action_read_only_channel");
    await world.rules({ on: "reaction.slack", to: "ephemeral" });
    for (const user of [AMINA, CHEN]) await world.react(user, "slack");
    expect(world.answers().map(({ channel }) => channel)).toEqual(["D0000000001", "D0000000003"]);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("that failed may be asked for again, also when nobody remembers it", async () => {
    slackSays("chat.postMessage", "user_not_found");
    await world.rules({ on: "reaction.slack", to: "dm" });
    await world.react(AMINA, "slack");
    expect(await world.latest()).toMatchObject({ state: "failed" });
    await step(8 * 24 * 3_600_000, RELAY);
    await step(3_700_000, RELAY);
    expect(await query("SELECT * FROM events", RELAY)).toEqual([]);
    expect(await query("SELECT * FROM answers", RELAY)).toEqual([]);
  });
});

describe("a replay", () => {
  it("asks about the user groups that today's rules name", async () => {
    const group = world.slack.workspace.userGroups[0];
    if (group === undefined) throw new Error("no user group");
    group.users = [AMINA];
    await world.rules({ ...ESCALATE, mode: "shadow" });
    await world.react(AMINA, "escalate");
    await world.rules({ ...ESCALATE, who: { not: "S0000000001" } });
    const event = await world.latest();
    await admin(`/events/${event?.id}/replay`, { method: "POST" });
    await settled(RELAY);
    expect(world.answers()).toEqual([]);
  });
});
