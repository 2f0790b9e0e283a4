import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Message } from "../../src/sandbox/workspace.ts";
import { admin } from "../webhook.ts";
import { createWorld, endWorld, publish, settled, step, type World } from "../world.ts";

const RELAY = "slack/T0CAUSEWAY";
const CHANNEL = "C0000000001";
const [AMINA, BRUNO, CHEN] = ["U0000000001", "U0000000002", "U0000000003"];

type Shown = {
  state: string;
  reason: string | null;
  types: string[];
  deliveries: { destination: string; address: string; state: string; reason: string | null }[];
};

describe("an emoji reaction", () => {
  let world: World;
  let question: Message;
  beforeEach(async () => {
    world = await createWorld({});
    question = world.slack.people.say(BRUNO, CHANNEL, "Can somebody look at this ticket?");
  });
  afterEach(endWorld);

  async function rules(...list: object[]): Promise<void> {
    await publish(`mapping/slack/${CHANNEL}`, {
      rules: list.map((rule, index) => ({ name: `Rule ${index}`, message: "Do this.", ...rule })),
    });
  }

  /** What the bot has said, oldest first. */
  function answers(): Message[] {
    return world.slack.workspace.messages.filter(({ via }) => via === "bot");
  }

  async function react(user: string, emoji: string, message = question): Promise<void> {
    const response = await world.slack.people.react(user, message, emoji);
    expect(response?.status).toBe(200);
    await settled(RELAY);
  }

  /** The events that the Relay holds, newest first, as `/admin/api` shows them. */
  async function events(): Promise<Shown[]> {
    const { items } = await admin<{ items: { id: string }[] }>("/events");
    return await Promise.all(items.map(({ id }) => admin<Shown>(`/events/${id}`)));
  }

  it("is answered in the message's thread", async () => {
    await rules({
      on: "reaction.escalate",
      to: "thread",
      message:
        "<@{{ event.author.id }}> do this in {{ event.channel.name }}, says {{ event.reactor.name }}: {{ event.message.text }}",
    });
    await react(AMINA, "escalate");
    expect(answers()).toMatchObject([
      {
        channel: CHANNEL,
        threadTs: question.ts,
        text: `<@${BRUNO}> do this in support_gitlab-com, says amina: Can somebody look at this ticket?`,
      },
    ]);
    expect(await events()).toMatchObject([
      {
        state: "delivered",
        types: ["reaction.escalate"],
        deliveries: [{ destination: "thread", address: CHANNEL, state: "delivered" }],
      },
    ]);
  });

  it("of ten people is answered once", async () => {
    await rules({ on: "reaction.escalate", to: "thread" });
    for (const user of [AMINA, BRUNO, CHEN]) await react(user, "escalate");
    await step(10_000, RELAY);
    expect(answers()).toHaveLength(1);
    expect((await events()).map(({ state }) => state)).toEqual([
      "filtered",
      "filtered",
      "delivered",
    ]);
  });
});
