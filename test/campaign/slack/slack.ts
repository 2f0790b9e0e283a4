import { join } from "node:path";
import { startHelper } from "../../../bench/processes/ask.ts";
import type { FaultOrder } from "../../../src/sandbox/faults.ts";

/** What the stand-in's process is told and asked. */
export type SlackQuestion =
  | { kind: "open"; places: number }
  | { kind: "fault"; order: FaultOrder }
  | { kind: "mend" }
  | { kind: "archive"; channel: string; archived: boolean }
  | { kind: "look" }
  | { kind: "messages" };
export type SlackAnswer = { port: number } | Look | SeenMessage[] | null;

/** How many messages there are, and how many requests are not answered yet. */
type Look = { messages: number; unanswered: number };
/** A message at Slack; `at` in ms. */
type SeenMessage = { channel: string; text: string; at: number };

/** The Slack of a scenario: the project's stand-in, in a process of its own. */
export type Slack = {
  origin: string;
  /** Misbehaves from now on, in one of the ways of the stand-in's table. */
  fault: (order: FaultOrder) => Promise<void>;
  /** Ends all faults. */
  mend: () => Promise<void>;
  archive: (channel: string, archived: boolean) => Promise<void>;
  look: () => Promise<Look>;
  messages: () => Promise<SeenMessage[]>;
  stop: () => Promise<void>;
};

/** Starts a Slack with so many places to post to. */
export async function startSlack(places: number): Promise<Slack> {
  const main = join(import.meta.dirname, "main.ts");
  const helper = startHelper<SlackQuestion, SlackAnswer>(main, "the Slack stand-in");
  let turn: Promise<unknown> = Promise.resolve();

  /** The process answers one question at a time. */
  async function ask<Answer extends SlackAnswer>(question: SlackQuestion): Promise<Answer> {
    const answer = turn.then(() => helper.ask(question));
    turn = answer;
    return (await answer) as Answer;
  }

  const { port } = await ask<{ port: number }>({ kind: "open", places });
  return {
    origin: `http://127.0.0.1:${port}`,
    fault: async (order) => void (await ask({ kind: "fault", order })),
    mend: async () => void (await ask({ kind: "mend" })),
    archive: async (channel, archived) => void (await ask({ kind: "archive", channel, archived })),
    look: () => ask<Look>({ kind: "look" }),
    messages: () => ask<SeenMessage[]>({ kind: "messages" }),
    stop: () => helper.stop(),
  };
}
