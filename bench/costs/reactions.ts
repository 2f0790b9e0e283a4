import { serve } from "@hono/node-server";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import type { PerEvent, Sent } from "../measure/counts.ts";
import type { Server } from "../processes/start-workerd.ts";

import { createSlack } from "../../src/sandbox/slack.ts";
import { SLACK_SIGNING_SECRET } from "../causeway/target.ts";
import { countWhile } from "../measure/counts.ts";

const CHANNEL = "C0000000001";
const [ASKS, REACTS] = ["U0000000001", "U0000000002"] as const;
const REACTIONS = 8;
const PATIENCE_MS = 30_000;

/** What the channel answers, and who is who: as in `examples/gitlab-support`, with one rule. */
export const REACTION_DOCUMENTS = {
  [`mapping/slack/${CHANNEL}`]: {
    rules: [
      {
        name: "Escalation",
        on: "reaction.escalate",
        to: "thread",
        message: "{{ event.author | mention }}, please follow the escalation procedure.",
      },
    ],
  },
  "person/amina": { slack: ASKS },
  "person/bruno": { slack: REACTS },
};

/** The sandbox's Slack, in which somebody asks and somebody reacts. */
export type SlackPeople = {
  origin: string;
  speakTo: (server: Server) => void;
  /** One reaction to a message of its own; resolves when it was answered in the thread. */
  react: () => Promise<{ count: number }>;
  countTogether: (sent: Sent) => Promise<PerEvent>;
  /** How many reactions there were. */
  reactions: () => number;
};

export async function startSlack(): Promise<SlackPeople> {
  let server: Server | null = null;
  const { app, workspace, people } = createSlack({
    app: {
      origin: "http://causeway.example.com",
      signingSecret: SLACK_SIGNING_SECRET,
      // The Worker's port is known only once it runs, and it has to know this server's.
      async send(request) {
        const { pathname } = new URL(request.url);
        const { headers, method } = request;
        const body = await request.arrayBuffer();
        return await fetch(`http://127.0.0.1:${server?.port}${pathname}`, {
          method,
          headers,
          body,
        });
      },
    },
  });
  const listener = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await once(listener, "listening");
  const answers = () => workspace.messages.filter(({ via }) => via === "bot").length;

  async function react(): Promise<{ count: number }> {
    const before = answers();
    const message = people.say(ASKS, CHANNEL, "Can somebody look at this ticket?");
    const told = await people.react(REACTS, message, "escalate");
    if (told?.status !== 200) throw new Error(`A reaction was answered with ${told?.status}.`);
    const until = Date.now() + PATIENCE_MS;
    while (answers() === before) {
      if (Date.now() > until) throw new Error("A reaction was not answered in its thread.");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return { count: 1 };
  }

  return {
    origin: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    speakTo(to) {
      server = to;
    },
    react,
    reactions: answers,
    async countTogether(sent) {
      if (server === null) throw new Error("The stand-in does not know whom to tell.");
      // The first pays for the schema, and for what is then remembered of the people.
      await react();
      const each = await countWhile(server, async () => {
        for (let n = 0; n < REACTIONS; n += 1) await react();
        return { count: REACTIONS };
      });
      sent.delivered += REACTIONS + 1;
      return each;
    },
  };
}
