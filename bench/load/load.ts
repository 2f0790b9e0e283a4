import { join } from "node:path";

import type { Helper } from "../processes/ask.ts";

import { startHelper } from "../processes/ask.ts";

/** What the driver shall send, and how. */
export type Load = {
  port: number;
  path: string;
  /** The number of the first event; the next ones count up. */
  from: number;
  /** `wanted` is an opened issue, which the one rule wants; `filtered` a closed one, which none does. */
  event: "wanted" | "filtered";
  /** How requests prove themselves: `X-Gitlab-Token`, or GitLab 19's signature. */
  auth: "token" | "signature";
  /** Over how many projects the events are spread; absent: all belong to one. */
  projects?: number;
  pace: Closed | Open;
};

/** Each connection sends again as soon as it is answered: what the server can take. */
type Closed = { kind: "closed"; connections: number; seconds?: number; events?: number };
/** Requests leave at fixed times, whether or not earlier ones are answered: what callers feel. */
type Open = { kind: "open"; perSecond: number; seconds: number };

/** What came of it. Times are µs of the shared clock, one entry for each event, in order. */
export type LoadResult = {
  /** When the request was due (open) or written (closed). */
  dueAt: Float64Array;
  /** When it was written: later than due where the driver itself was late. */
  sentAt: Float64Array;
  answeredAt: Float64Array;
  /** HTTP status; 0 stands for no answer within GitLab's ten seconds. */
  status: Uint16Array;
};
export type Driver = Helper<Load, LoadResult>;

/** The load driver, in a process of its own. */
export function startDriver(): Driver {
  return startHelper(join(import.meta.dirname, "main.ts"), "the load driver");
}
