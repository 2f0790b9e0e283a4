import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { admin } from "../webhook.ts";
import { endWorld, evict, publish, query, relay, settled, step } from "../world.ts";
import {
  AMINA,
  BOT,
  BRUNO,
  CHANNEL,
  CHEN,
  createSlackWorld,
  RELAY,
  type SlackWorld,
} from "./slack-world.ts";

let world: SlackWorld;
beforeEach(async () => {
  world = await createSlackWorld();
});
afterEach(endWorld);

const ESCALATE = { on: "reaction.escalate", to: "thread" };

/** Somebody's account is closed right after the reaction. */
async function reactAndLeave(user: string, emoji: string): Promise<void> {
  const reacted = world.react(user, emoji);
  const member = world.slack.workspace.member(user);
  if (member === undefined) throw new Error("no such member");
  member.isDeleted = true;
  await reacted;
}

describe("an answer that was discarded before it was given", () => {
  const address = `thread:${CHANNEL}`;
  beforeEach(async () => {
    await world.rules({ ...ESCALATE, once: "message" });
    await relay(RELAY).hold(address, { by: "amina", why: "it moves", since: Date.now() });
    await world.react(AMINA, "escalate");
  });

  it.for([0, 40])("may be given to whoever asks again, %i days later", async (days) => {
    expect(await relay(RELAY).discard(address, "gone", 10)).toEqual({ discarded: 1, more: false });
    await step(days * 24 * 3_600_000, RELAY);
    expect(await world.events()).toHaveLength(days === 0 ? 1 : 0);
    await relay(RELAY).release(address);
    await world.react(CHEN, "escalate");
    expect(world.answers()).toHaveLength(1);
  });
});

describe("an emoji reaction", () => {
  it("is answered in the message's thread, and the answer knows who, what and where", async () => {
    await world.rules({
      ...ESCALATE,
      message:
        "<@{{ event.author.id }}> do this in {{ event.channel.name }}, says {{ event.reactor.name }} ({{ event.actor.username }}): {{ event.message.text }} {{ event.message.permalink }}",
    });
    await world.react(AMINA, "escalate");
    const permalink = `https://causeway-sandbox.slack.com/archives/${CHANNEL}/p${world.question.ts.replace(".", "")}`;
    expect(world.answers()).toMatchObject([
      {
        channel: CHANNEL,
        threadTs: world.question.ts,
        text: `<@${BRUNO}> do this in support_gitlab-com, says amina (amina): Can somebody look at this ticket? ${permalink}`,
      },
    ]);
    expect(await world.events()).toMatchObject([
      {
        state: "delivered",
        types: ["reaction.escalate"],
        deliveries: [{ destination: "thread", address: CHANNEL, state: "delivered" }],
      },
    ]);
  });

  it("on a reply is answered at the root of its thread", async () => {
    await world.rules(ESCALATE);
    const reply = world.slack.people.say(CHEN, CHANNEL, "I cannot", world.question.ts);
    await world.react(AMINA, "escalate", reply);
    expect(world.answers()).toMatchObject([{ threadTs: world.question.ts }]);
  });

  it("of many people is answered once, also after an eviction, and each is on record", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    await evict(RELAY);
    const asked = world.fetched();
    await world.react(BRUNO, "escalate");
    await world.react(CHEN, "escalate");
    expect(world.fetched()).toBe(asked);
    await step(10_000, RELAY);
    expect(world.answers()).toHaveLength(1);
    const [chen, bruno, amina] = await world.events();
    expect(amina?.state).toBe("delivered");
    for (const event of [bruno, chen]) {
      expect(event).toMatchObject({
        state: "filtered",
        reason: expect.stringMatching(/^answered already: 20.* \(once: message\)$/),
      });
    }
  });

  it("with another emoji of the same rule is the same question; of another rule another one", async () => {
    await world.rules(
      { on: ["reaction.escalate", "reaction.fire"], to: "thread", message: "one" },
      { on: "reaction.slack", to: "thread", message: "two" },
    );
    for (const emoji of ["escalate", "fire", "slack"]) await world.react(AMINA, emoji);
    await step(10_000, RELAY);
    expect(world.answers().map(({ text }) => text)).toEqual(["one", "two"]);
  });

  it("may have a skin tone, and an alias", async () => {
    await world.rules({ on: "reaction.:thumbsup:", to: "thread" });
    await world.react(AMINA, "+1::skin-tone-4");
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.types).toEqual(["reaction.+1"]);
  });

  it("that no rule wants is recorded, and Slack is asked nothing about it", async () => {
    await world.rules(ESCALATE);
    const before = world.fetched();
    await world.react(AMINA, "eyes");
    expect(world.fetched()).toBe(before);
    expect(await world.latest()).toMatchObject({ state: "filtered", reason: "no rule matched" });
  });

  it("of Causeway itself is ignored", async () => {
    await world.rules({ ...ESCALATE, on: "reaction.*" });
    await world.react(BOT, "escalate");
    expect(world.answers()).toEqual([]);
    expect(await world.latest()).toMatchObject({
      state: "filtered",
      reason: "Causeway did it itself",
    });
  });

  it("when its answer fails for good may be answered to somebody else", async () => {
    await world.rules({ ...ESCALATE, to: "dm", once: "message" });
    await reactAndLeave(AMINA, "escalate");
    expect(await world.latest()).toMatchObject({ state: "failed" });
    await world.react(CHEN, "escalate");
    expect(world.answers()).toMatchObject([{ channel: "D0000000003" }]);
  });

  it("is found by its channel, and Slack's old token is not kept with it", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    const { items } = await admin<{ items: unknown[] }>(`/events?project=${CHANNEL}`);
    expect(items).toMatchObject([{ type: "reaction.escalate", project: CHANNEL }]);
    const [row] = await query<{ body: ArrayBuffer }>("SELECT body FROM events", RELAY);
    const body = new TextDecoder().decode(row?.body);
    expect(body).toContain('"reaction":"escalate"');
    expect(body).not.toContain('"token"');
  });

  it("in a direct message asks for no scope that the app has not", async () => {
    await publish(`mapping/slack/D0000000001`, {
      rules: [{ name: "Hello", on: "reaction.wave", to: "thread", message: "Hello" }],
    });
    world.slack.workspace.channel(AMINA);
    const direct = world.slack.workspace.post({
      via: "bot",
      path: "",
      channel: "D0000000001",
      poster: "causeway",
      user: BOT,
      text: "Welcome",
    });
    await world.react(AMINA, "wave", direct);
    await world.react(AMINA, "question", direct);
    expect(world.answers().at(-1)).toMatchObject({ text: "Hello", threadTs: direct.ts });
    expect(await (await fetchHealth()).json()).toMatchObject({ problems: [] });
  });

  it("is answered again by a replay, as people expect of one", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    const event = await world.latest();
    await admin(`/events/${event?.id}/replay`, { method: "POST" });
    await step(2_000, RELAY);
    expect(world.answers()).toHaveLength(2);
  });
});

describe("where it is answered", () => {
  it("only the person who reacted sees an ephemeral answer, at the top level", async () => {
    await world.rules({ on: "reaction.slack", to: "ephemeral" });
    await world.react(AMINA, "slack");
    expect(world.answers()).toMatchObject([{ onlyFor: AMINA, threadTs: null, channel: CHANNEL }]);
  });

  it("beside a reply an ephemeral answer stands in the thread, where it is being read", async () => {
    await world.rules({ on: "reaction.slack", to: "ephemeral" });
    const reply = world.slack.people.say(CHEN, CHANNEL, "No idea", world.question.ts);
    await world.react(AMINA, "slack", reply);
    expect(world.answers()).toMatchObject([{ onlyFor: AMINA, threadTs: world.question.ts }]);
  });

  it("everybody who asks sees an ephemeral answer, once", async () => {
    await world.rules({ on: "reaction.slack", to: "ephemeral" });
    for (const user of [AMINA, CHEN]) {
      await world.react(user, "slack");
      await world.unreact(user, "slack");
      await world.react(user, "slack");
    }
    expect(world.answers().map(({ onlyFor }) => onlyFor)).toEqual([AMINA, CHEN]);
  });

  it("who is not in the channel is told directly, with what it is about", async () => {
    await world.rules({ on: "reaction.slack", to: "ephemeral" });
    world.slack.people.leave(AMINA, CHANNEL);
    await world.react(AMINA, "slack");
    expect(world.answers()).toMatchObject([
      {
        channel: "D0000000001",
        text: expect.stringMatching(/^About <https:.*\|this message>:\nDo this\.$/),
      },
    ]);
  });

  it("a person is told directly", async () => {
    await world.rules({ on: "reaction.slack", to: "dm" });
    await world.react(AMINA, "slack");
    expect(world.answers()).toMatchObject([{ channel: "D0000000001", text: "Do this." }]);
  });

  it("who has left is recorded as such, and holds up nobody", async () => {
    await world.rules({ on: "reaction.slack", to: "dm" });
    await reactAndLeave(AMINA, "slack");
    expect(await world.latest()).toMatchObject({
      state: "failed",
      deliveries: [{ state: "failed", reason: expect.stringContaining("The person has left") }],
    });
    await world.react(CHEN, "slack");
    expect(world.answers()).toMatchObject([{ channel: "D0000000003" }]);
    expect(await admin("/problems")).toEqual({ items: [] });
  });

  it("every kind of destination can be told", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await publish("destination/flow", {
      type: "workflow",
      url: "secret:TRIGGER_URL",
      variables: ["title", "emoji", "actor_id", "channel_name", "text", "url"],
      limit: "none",
    });
    await publish("destination/hook", {
      type: "webhook",
      url: "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001",
    });
    await world.rules({
      name: "Told elsewhere",
      on: "reaction.escalate",
      to: ["alerts", "flow", "hook"],
      message: undefined,
    });
    await world.react(AMINA, "escalate");
    const said = world.slack.workspace.messages.filter(({ via }) => via !== "person");
    expect(said.map(({ via }) => via).toSorted()).toEqual(["bot", "webhook", "workflow"]);
    expect(said.find(({ via }) => via === "workflow")?.variables).toEqual({
      title: "Can somebody look at this ticket?",
      emoji: "escalate",
      actor_id: AMINA,
      channel_name: "support_gitlab-com",
      text: "Can somebody look at this ticket?",
      url: expect.stringContaining("/archives/C0000000001/p"),
    });
    expect(said.find(({ via }) => via === "bot")?.text).toMatch(
      /^\*amina\* reacted with :escalate: to <https:.*\|a message> by \*bruno\* in #support_gitlab-com$/,
    );
  });

  it("an archived channel keeps its answer until it is restored, and says what to do", async () => {
    await publish("destination/alerts", { type: "channel", channel: "C0000000005", limit: "none" });
    await world.rules(ESCALATE);
    const channel = world.slack.workspace.channel(CHANNEL);
    if (channel === undefined) throw new Error("no channel");
    const reacted = world.slack.people.react(AMINA, world.question, "escalate");
    channel.isArchived = true;
    await reacted;
    await settled(RELAY);
    expect(await admin("/problems")).toMatchObject({
      items: [{ namespace: RELAY, pauses: [{ code: "is_archived" }] }],
    });
    expect(world.answers().map(({ text }) => text)).toEqual([
      expect.stringContaining("Causeway cannot deliver to the threads of C0000000001"),
    ]);
    channel.isArchived = false;
    await step(6 * 60_000, RELAY);
    expect(world.answers().at(-1)).toMatchObject({ text: "Do this.", threadTs: world.question.ts });
  });

  it("a message that is gone has no thread any more, which is recorded", async () => {
    await world.rules(ESCALATE);
    const { workspace, people } = world.slack;
    const doomed = people.say(BRUNO, CHANNEL, "Never mind");
    const reacted = people.react(AMINA, doomed, "escalate");
    workspace.remove(doomed);
    await reacted;
    await settled(RELAY);
    expect(await world.latest()).toMatchObject({
      state: "failed",
      deliveries: [{ reason: expect.stringContaining("is gone, or its thread is closed") }],
    });
  });
});

describe("who is answered, and how often", () => {
  test.for<[string, unknown, string[]]>([
    ["anyone", "anyone", [AMINA, CHEN]],
    ["a member", AMINA, [AMINA]],
    ["members", { any: [AMINA, CHEN] }, [AMINA, CHEN]],
    ["all but a member", { not: AMINA }, [CHEN]],
    ["a user group", "S0000000001", [AMINA]],
    ["all but a user group", { not: ["S0000000001"] }, [CHEN]],
  ])("%s", async ([, who, answered]) => {
    const group = world.slack.workspace.userGroups[0];
    if (group === undefined) throw new Error("no user group");
    group.users = [AMINA];
    await world.rules({ on: "reaction.slack", to: "ephemeral", who });
    for (const user of [AMINA, CHEN]) await world.react(user, "slack");
    expect(world.answers().map(({ onlyFor }) => onlyFor)).toEqual(answered);
  });

  it("no bot, and the record says so", async () => {
    const robot = world.slack.workspace.member(CHEN);
    if (robot === undefined) throw new Error("no such member");
    robot.isBot = true;
    await world.rules({ on: "reaction.slack", to: "thread", who: { not: "bots" } });
    await world.react(CHEN, "slack");
    expect(world.answers()).toEqual([]);
    expect((await world.latest())?.rules).toMatchObject([
      { matched: false, why: `who: it was chen ${CHEN}, a bot; wanted none of bots` },
    ]);
  });

  it("once: user answers each person, once: never each reaction", async () => {
    await world.rules(
      { on: "reaction.a", to: "thread", once: "user", message: "user" },
      { on: "reaction.b", to: "thread", once: "never", message: "never" },
    );
    for (const user of [AMINA, CHEN]) {
      for (const emoji of ["a", "b"]) {
        await world.react(user, emoji);
        await world.unreact(user, emoji);
        await world.react(user, emoji);
      }
    }
    for (let n = 0; n < 8; n += 1) await step(2_000, RELAY);
    const said = world.answers().map(({ text }) => text);
    expect(said.filter((text) => text === "user")).toHaveLength(2);
    expect(said.filter((text) => text === "never")).toHaveLength(4);
  });

  it("keeps quiet in a channel for the time of its cooldown", async () => {
    await world.rules({ ...ESCALATE, cooldown: "10m" });
    const other = world.slack.people.say(CHEN, CHANNEL, "And this one?");
    await world.react(AMINA, "escalate");
    await world.react(AMINA, "escalate", other);
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.reason).toMatch(
      /^keeps quiet for a while: answered 20.* \(cooldown\)$/,
    );
    await step(11 * 60_000, RELAY);
    await world.unreact(AMINA, "escalate", other);
    await world.react(AMINA, "escalate", other);
    expect(world.answers()).toHaveLength(2);
  });
});

describe("a reaction that is taken back", () => {
  const UNDO = { ...ESCALATE, undo: true };

  it("takes its answer along, while that is fresh, and the next one is answered again", async () => {
    await world.rules(UNDO);
    await world.react(AMINA, "escalate");
    expect(world.answers()).toHaveLength(1);
    await step(60_000, RELAY);
    await world.unreact(AMINA, "escalate");
    expect(world.answers()).toEqual([]);
    expect(await world.latest()).toMatchObject({
      types: ["reaction_removed.escalate"],
      state: "delivered",
      deliveries: [{ destination: "thread", attempts: [{ answer: "deleted" }] }],
    });
    await step(2_000, RELAY);
    await world.react(CHEN, "escalate");
    expect(world.answers()).toHaveLength(1);
  });

  it("leaves the answer when it was somebody else's that brought it", async () => {
    await world.rules(UNDO);
    await world.react(AMINA, "escalate");
    await world.react(CHEN, "escalate");
    await world.unreact(CHEN, "escalate");
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.state).toBe("filtered");
  });

  it("is too late after ten minutes", async () => {
    await world.rules(UNDO);
    await world.react(AMINA, "escalate");
    await step(11 * 60_000, RELAY);
    await world.unreact(AMINA, "escalate");
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.reason).toMatch(/^too late to take it back: answered 20/);
  });

  it("keeps an answer from going out that still waits", async () => {
    await world.rules(UNDO);
    const other = world.slack.people.say(CHEN, CHANNEL, "And this one?");
    await world.react(CHEN, "escalate", other);
    // The channel's pace holds this one for a second.
    await world.react(AMINA, "escalate");
    await world.unreact(AMINA, "escalate");
    await step(5_000, RELAY);
    expect(world.answers()).toHaveLength(1);
    const [removed, added] = await world.events();
    expect(removed?.reason).toBe("the answer had not been sent yet");
    expect(added?.reason).toBe("the reaction was taken back before it was answered");
  });

  it("keeps an answer from going out whose event still waits for Slack", async () => {
    await world.rules(UNDO);
    world.slack.workspace.faults.set({
      on: "/api/conversations.replies",
      fault: "server_error",
      times: 1,
    });
    await world.react(AMINA, "escalate");
    await world.unreact(AMINA, "escalate");
    for (let n = 0; n < 4; n += 1) await step(5_000, RELAY);
    expect(world.answers()).toEqual([]);
    expect((await world.events()).map(({ state }) => state)).toEqual(["filtered", "filtered"]);
  });

  it("takes nothing back that a webhook posted, and it is not posted again", async () => {
    await publish("destination/hook", {
      type: "webhook",
      url: "https://slack.test/services/T0CAUSEWAY/B0000000001/000000000000000000000001",
      limit: "none",
    });
    await world.rules({ ...UNDO, to: "hook" });
    await world.react(AMINA, "escalate");
    await world.unreact(AMINA, "escalate");
    expect((await world.latest())?.reason).toBe("what was sent there cannot be taken back");
    await world.react(AMINA, "escalate");
    const posted = world.slack.workspace.messages.filter(({ via }) => via === "webhook");
    expect(posted).toHaveLength(1);
  });

  it("does nothing without undo", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    await world.unreact(AMINA, "escalate");
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.reason).toBe("no rule matched");
  });
});

describe("a new member of a channel", () => {
  const WELCOME = {
    on: "member_joined",
    to: "dm",
    message: "Welcome to {{ event.channel.name }}, {{ event.actor | mention }}",
  };

  async function join(user: string): Promise<void> {
    world.slack.people.leave(user, CHANNEL);
    await world.slack.people.join(user, CHANNEL);
    await settled(RELAY);
  }

  it("is welcomed once, however often somebody comes back", async () => {
    await world.rules(WELCOME);
    await join(AMINA);
    await join(AMINA);
    await join(CHEN);
    expect(world.answers().map(({ channel, text }) => [channel, text])).toEqual([
      ["D0000000001", `Welcome to support_gitlab-com, <@${AMINA}>`],
      ["D0000000003", `Welcome to support_gitlab-com, <@${CHEN}>`],
    ]);
    expect((await world.events()).map(({ state }) => state)).toEqual([
      "delivered",
      "filtered",
      "delivered",
    ]);
  });

  it("is not welcomed when it is Causeway", async () => {
    await world.rules(WELCOME);
    await join(BOT);
    expect(world.answers()).toEqual([]);
    expect(await world.latest()).toMatchObject({ reason: "Causeway did it itself" });
  });
});

describe("many reactions at once", () => {
  it("are each answered, whatever one invocation may ask of Slack", async () => {
    await world.rules(ESCALATE, { on: "reaction.slack", to: "ephemeral" });
    const { people } = world.slack;
    const messages = Array.from({ length: 40 }, (_, n) => people.say(BRUNO, CHANNEL, `No. ${n}`));
    await Promise.all(
      messages.flatMap((message) => [
        people.react(AMINA, message, "escalate"),
        people.react(CHEN, message, "escalate"),
      ]),
    );
    await settled(RELAY);
    for (let n = 0; n < 45; n += 1) await step(1_100, RELAY);
    const answered = world.answers().map(({ threadTs }) => threadTs);
    expect(answered).toHaveLength(messages.length);
    expect(new Set(answered)).toEqual(new Set(messages.map(({ ts }) => ts)));
    const { total } = await admin<{ total: object }>("/ledger");
    expect(total).toMatchObject({ received: 80, delivered: 40, filtered: 40, pending: 0 });
  });
});

describe("what Slack would not say", () => {
  it("costs the answer nothing but the words that need it, and health says what to do", async () => {
    for (const scope of ["channels:history", "users:read", "channels:read"]) {
      world.slack.workspace.scopes.delete(scope);
    }
    await world.rules({
      ...ESCALATE,
      message: "[{{ event.message.text }}] {{ event.author | mention }}",
    });
    await world.react(AMINA, "escalate");
    expect(world.answers()).toMatchObject([
      { threadTs: world.question.ts, text: `[] <@${BRUNO}>` },
    ]);
    expect((await world.latest())?.reason).toMatch(
      /missing_scope; needed: channels:history.*\. Paste slack-app-manifest\.yaml/,
    );
    const { problems } = await (await fetchHealth()).json<{ problems: string[] }>();
    expect(problems.join("\n")).toMatch(
      /lacks the scope channels:history, which it needs for conversations\.replies/,
    );
    expect(problems).toHaveLength(3);

    for (const scope of ["channels:history", "users:read", "channels:read"]) {
      world.slack.workspace.scopes.add(scope);
    }
    await evict(RELAY);
    await step(20_000, RELAY);
    await world.react(CHEN, "escalate", world.slack.people.say(AMINA, CHANNEL, "Another"));
    expect(await (await fetchHealth()).json()).toMatchObject({ problems: [] });
  });

  it("while it cannot be asked lets the event wait, and then be answered", async () => {
    await world.rules(ESCALATE);
    world.slack.workspace.faults.set({ on: "/api/conversations.replies", fault: "server_error" });
    await world.react(AMINA, "escalate");
    expect(world.answers()).toEqual([]);
    expect(await world.latest()).toMatchObject({
      state: "pending",
      reason: expect.stringMatching(/^Slack did not say the message \(conversations\.replies: /),
    });
    await evict(RELAY);
    world.slack.workspace.faults.clear();
    await step(60_000, RELAY);
    expect(world.answers()).toHaveLength(1);
    expect((await world.latest())?.state).toBe("delivered");
  });

  it("is not asked for each of many events while Slack does not answer", async () => {
    await world.rules(ESCALATE);
    world.slack.workspace.faults.set({ on: "/api/conversations.replies", fault: "server_error" });
    const messages = [1, 2, 3, 4, 5].map((n) => world.slack.people.say(BRUNO, CHANNEL, `No. ${n}`));
    for (const message of messages) await world.react(AMINA, "escalate", message);
    const asked = world.slack.workspace.requests.filter(({ path }) => path.endsWith(".replies"));
    expect(asked).toHaveLength(1);
    world.slack.workspace.faults.clear();
    await step(60_000, RELAY);
    for (let n = 0; n < 5; n += 1) await step(2_000, RELAY);
    expect(world.answers()).toHaveLength(5);
  });

  it("because the bot token is no good any more keeps events waiting, in plain sight", async () => {
    await world.rules(ESCALATE);
    world.slack.workspace.faults.set({ on: "/api/*", fault: "invalid_auth" });
    await world.react(AMINA, "escalate");
    expect(await admin("/problems")).toMatchObject({
      items: [
        {
          namespace: RELAY,
          waiting: [{ events: 1, reason: expect.stringMatching(/invalid_auth.*SLACK_BOT_TOKEN/) }],
        },
      ],
    });
    world.slack.workspace.faults.clear();
    await step(60_000, RELAY);
    expect(world.answers()).toHaveLength(1);
  });

  it("is asked once: what was said is kept with the event", async () => {
    await world.rules(ESCALATE);
    await world.react(AMINA, "escalate");
    expect(await query("SELECT count(*) AS facts FROM facts", RELAY)).toEqual([{ facts: 1 }]);
    const before = world.fetched();
    await world.latest();
    expect(world.fetched()).toBe(before);
  });
});

async function fetchHealth(): Promise<Response> {
  const { exports } = await import("cloudflare:workers");
  return await exports.default.fetch("https://causeway.test/health");
}
