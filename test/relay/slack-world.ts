import { expect } from "vitest";
import type { Message } from "../../src/sandbox/workspace.ts";
import { admin } from "../webhook.ts";
import { createWorld, publish, settled, type World } from "../world.ts";

/** The Relay of the stand-in's workspace. */
export const RELAY = "slack/T0CAUSEWAY";
/** A public channel of the stand-in's, and its people. */
export const CHANNEL = "C0000000001";
export const [AMINA, BRUNO, CHEN] = ["U0000000001", "U0000000002", "U0000000003"] as const;
export const BOT = "U0CAUSEWAY";

/** An event as `/admin/api/events/:id` shows it. */
type Shown = {
  id: string;
  state: string;
  reason: string | null;
  types: string[];
  rules: { rule: string; matched: boolean; why: string }[];
  deliveries: {
    id: string;
    destination: string;
    address: string | null;
    state: string;
    reason: string | null;
    rule: string | null;
    attempts: { status: number | null; answer: string }[];
  }[];
};

/** A workspace in which Bruno has asked something, and what can be done and seen there. */
export type SlackWorld = World & {
  question: Message;
  /** Publishes the rules of the channel; each has a name and a message unless it says otherwise. */
  rules: (...list: object[]) => Promise<void>;
  react: (user: string, emoji: string, message?: Message) => Promise<void>;
  unreact: (user: string, emoji: string, message?: Message) => Promise<void>;
  /** What the bot has said and not deleted, oldest first. */
  answers: () => Message[];
  /** The events that Relays hold, newest first. */
  events: () => Promise<Shown[]>;
  latest: () => Promise<Shown | undefined>;
};

export async function createSlackWorld(
  documents: Record<string, unknown> = {},
): Promise<SlackWorld> {
  const world = await createWorld(documents);
  const { people, workspace } = world.slack;
  const question = people.say(BRUNO, CHANNEL, "Can somebody look at this ticket?");
  const events = async (): Promise<Shown[]> => {
    const { items } = await admin<{ items: { id: string }[] }>("/events");
    return await Promise.all(items.map(({ id }) => admin<Shown>(`/events/${id}`)));
  };
  const told = async (response: Promise<Response | null>): Promise<void> => {
    expect((await response)?.status).toBe(200);
    await settled(RELAY);
  };
  return {
    ...world,
    question,
    rules: (...list) =>
      publish(`mapping/slack/${CHANNEL}`, {
        rules: list.map((rule, index) => ({ name: `Rule ${index}`, message: "Do this.", ...rule })),
      }),
    react: (user, emoji, message = question) => told(people.react(user, message, emoji)),
    unreact: (user, emoji, message = question) => told(people.unreact(user, message, emoji)),
    answers: () => workspace.messages.filter(({ via }) => via === "bot"),
    events,
    latest: async () => (await events())[0],
  };
}
