import type { PerEvent, Sent } from "../measure/counts.ts";
import type { Rig } from "../measure/rig.ts";
import type { Server } from "../processes/start-workerd.ts";
import type { SlackPeople } from "./reactions.ts";

import { countWhile, sendAll } from "../measure/counts.ts";

/** What comes alone: an event of GitLab's, a reaction that is answered, a monitor that asks how it goes. */
export type AloneCounts = Record<"delivered" | "filtered" | "reaction" | "check", PerEvent>;

const EVENTS = 2;
/** The alarm comes after 15 s, and 10 s later the object has been evicted. */
const QUIET_MS = 28_000;

/** What an event costs that comes alone, as most of a support team's do. Takes minutes. */
export async function countAlone(
  rig: Rig,
  server: Server,
  slack: SlackPeople,
  sent: Sent,
  say: (progress: string) => void,
): Promise<AloneCounts> {
  async function alone(what: string, send: () => Promise<unknown>): Promise<PerEvent> {
    say(`${what}, alone`);
    return await countWhile(server, async () => {
      for (let n = 0; n < EVENTS; n += 1) {
        await send();
        await quiet();
      }
      return { count: EVENTS };
    });
  }

  function sendOne(event: "wanted" | "filtered") {
    const pace = { kind: "open", perSecond: 1, seconds: 1 } as const;
    return sendAll(rig, server, { event, auth: "token", pace }, sent);
  }

  await quiet();
  return {
    delivered: await alone("delivered", () => sendOne("wanted")),
    filtered: await alone("filtered", () => sendOne("filtered")),
    reaction: await alone("a reaction", async () => {
      await slack.react();
      sent.delivered += 1;
    }),
    check: await alone("a monitor asks", () =>
      fetch(`http://127.0.0.1:${server.port}/health/delivery`),
    ),
  };
}

/** What a minute costs in which nothing happens. */
export async function countRest(server: Server): Promise<PerEvent> {
  await quiet();
  return await countWhile(server, async () => {
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    return { count: 1 };
  });
}

async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}
