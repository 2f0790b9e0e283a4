import { openConnection } from "../../../bench/load/connection.ts";
import type { Sent } from "../check/evidence.ts";
import type { Webhook } from "./webhook.ts";
import { requestOf, subjectOf } from "./webhook.ts";

/** GitLab's part: it sends, waits ten seconds for an answer, and never sends again by itself. */
export type Driver = {
  /** Every request so far and what was answered, in the order of the answers. */
  sent: Sent[];
  /** Sends each at its time, whether or not earlier ones are answered. */
  steadily: (webhooks: Webhook[], perSecond: number) => Promise<void>;
  /** Sends as fast as they are answered, over so many connections. */
  atOnce: (webhooks: Webhook[], connections?: number) => Promise<void>;
};

/** What the driver has to know of the server at the time of each request. */
export type Server = {
  /** Null while there is none. */
  port: () => number | null;
  /** The time that GitLab's signature carries, in ms. */
  now: () => number;
};

const CONNECTIONS = 16;
/** Where nobody listens the next request would fail at once, and so on without end. */
const AFTER_REFUSAL_MS = 50;

/** A driver over bare sockets, for it shares two cores with what it drives; one for each webhook, as GitLab. */
export function createDriver(server: Server): Driver {
  const sent: Sent[] = [];

  async function post(webhook: Webhook): Promise<number> {
    const sentAt = Date.now();
    const { status, response } = await exchange(server.port(), requestOf(webhook, server.now()));
    const { number, wants, project } = webhook;
    sent.push({
      number,
      wants,
      subject: subjectOf(webhook),
      destinations: project.to,
      sentAt,
      answeredAt: Date.now(),
      status,
      said: /"status":"(accepted|duplicate|unreadable)"/.exec(response)?.[1] ?? null,
    });
    return status;
  }

  return {
    sent,
    async steadily(webhooks, perSecond) {
      const start = Date.now();
      const answers: Promise<number>[] = [];
      for (const [index, webhook] of webhooks.entries()) {
        await sleep(start + (index * 1_000) / perSecond - Date.now());
        answers.push(post(webhook));
      }
      await Promise.all(answers);
    },
    async atOnce(webhooks, connections = CONNECTIONS) {
      const left = webhooks.values();
      const lines = Array.from({ length: connections }, async () => {
        for (const webhook of left) {
          if ((await post(webhook)) === 0) await sleep(AFTER_REFUSAL_MS);
        }
      });
      await Promise.all(lines);
    },
  };
}

type Answer = { status: number; response: string };

async function exchange(port: number | null, request: Uint8Array): Promise<Answer> {
  const nothing = { status: 0, response: "" };
  const connection = port === null ? null : await openConnection(port).catch(() => null);
  if (connection === null) return nothing;
  const answer = await new Promise<Answer>((resolve) =>
    connection.send(request, (status, response) => resolve({ status, response })),
  );
  connection.close();
  return answer;
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
