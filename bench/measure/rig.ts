import type { Load, LoadResult } from "../load/load.ts";
import type { Server } from "../processes/start-workerd.ts";
import type { Sink } from "../sink/sink.ts";

import { FIRST_NUMBER } from "../load/event-number.ts";
import { startDriver } from "../load/load.ts";
import { startSink } from "../sink/sink.ts";

/** The load driver, the Slack sink, and the numbering that ties one's events to the other's. */
export type Rig = {
  sink: Sink;
  sinkPort: number;
  driverPid: number;
  /** Sends a load to a server; its events get the next free numbers. */
  send: (server: Server, load: LoadPlan) => Promise<SentLoad>;
  /** One sentence for each message that Slack should not have been sent. */
  strayMessages: () => Promise<string[]>;
};
export type LoadPlan = Pick<Load, "event" | "auth" | "pace" | "projects"> & {
  /** Sends events that were sent before once more, from this number on. */
  again?: number;
};
export type SentLoad = LoadResult & { from: number; count: number };

/** Starts the two helpers that all measurements of a run share. */
export async function startRig(): Promise<Rig> {
  const sink = startSink();
  const driver = startDriver();
  const { port: sinkPort } = await sink.ask({ from: FIRST_NUMBER, count: 0, times: false });
  const sent: { name: string; from: number }[] = [];
  let next = FIRST_NUMBER;
  return {
    sink,
    sinkPort,
    driverPid: driver.pid,
    async send(server, { again, ...load }) {
      const from = again ?? next;
      if (again === undefined) sent.push({ name: server.name, from });
      const result = await driver.ask({
        ...load,
        from,
        port: server.port,
        path: "/gitlab/webhooks",
      });
      if (again === undefined) next += result.answeredAt.length;
      return { ...result, from, count: result.answeredAt.length };
    },
    async strayMessages() {
      const { repeated, unreadable } = await sink.ask({ from: 0, count: 0, times: false });
      return [
        ...repeated.map((number) => {
          const name = sent.findLast(({ from }) => from <= number)?.name ?? "nobody";
          return `${name}: the message of event ${number} reached Slack once more.`;
        }),
        ...(unreadable > 0 ? [`${unreadable} requests to Slack carried no event's number.`] : []),
      ];
    },
  };
}
