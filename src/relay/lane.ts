import type { Answer, Blockage } from "../slack/answer.ts";
import { backoffMs } from "./backoff.ts";
import { nextStart, withStart, type Limit, type Start } from "./pace.ts";

/** Why a destination is paused, and what a person has to do about it. */
export type Pause = {
  code: string;
  cause: Blockage | "person";
  said: string;
  fix: string;
  since: number;
};

/**
 * A pause that a person made. Nothing else ends it: neither time, nor a success, nor an empty queue,
 * nor what Slack says meanwhile, which has its own {@link Pause}.
 */
export type Hold = { by: string; why: string; since: number };

/**
 * The state of one destination's lane, small enough to be one row: it is written when a send
 * starts, and so carries pace, hold and the send in flight over a crash.
 */
export type Lane = {
  /** Recent starts, oldest first: what the pace is counted from. */
  starts: Start[];
  /** The delivery (`key.n`) whose send has started; it is in doubt when the Relay stops. */
  sending: string | null;
  /** Nothing starts before this time (milliseconds); 0: no hold. */
  heldUntil: number;
  /** When that was decided. */
  heldSince: number;
  pause: Pause | null;
  hold: Hold | null;
  /** Attempts in a row that got no decision. */
  failures: number;
  /** When deliveries failed for good, the last hour's. */
  failedAt: number[];
};

const HOUR_MS = 3_600_000;
/** A paused destination is tried this often. */
export const PROBE_MS = 5 * 60_000;
/** The code of a person's pause. */
export const PAUSED_BY_PERSON = "paused_by_person";
/** Slack's own advice for a 429 without `Retry-After` is missing; a trigger's window is a minute. */
const DEFAULT_WAIT_MS = 60_000;
/** After this many failures in a row it is the destination that is ill, not the message. */
const ILL_AFTER = 3;
const MAX_FAILED_TIMES = 1_000;

export const NEW_LANE: Lane = {
  starts: [],
  sending: null,
  heldUntil: 0,
  heldSince: 0,
  pause: null,
  hold: null,
  failures: 0,
  failedAt: [],
};

/** When the lane may start its next send: `now` or later; Infinity: not before a person says so. */
export function readyAt(lane: Lane, limit: Limit, now: number): number {
  if (lane.hold !== null) return Number.POSITIVE_INFINITY;
  const paced = nextStart(lane.starts, limit, now);
  // Before it began there was no hold: the clock has been set back.
  return now < lane.heldSince ? paced : Math.max(paced, lane.heldUntil);
}

/** The lane once a send has started. */
export function withSending(lane: Lane, delivery: string, limit: Limit, now: number): Lane {
  return { ...lane, sending: delivery, starts: withStart(lane.starts, limit, now) };
}

/**
 * The lane after an answer. `random` is from [0, 1). A success ends every hold; an answer about one
 * message holds nothing; being rate limited holds the lane; three failures in a row hold it for a
 * while, so that an outage is met with probes and not with the whole queue.
 */
export function withAnswer(lane: Lane, answer: Answer, now: number, random: number): Lane {
  const idle: Lane = { ...lane, sending: null };
  switch (answer.outcome) {
    case "delivered":
    case "refused":
      return { ...idle, heldUntil: 0, pause: null, failures: 0 };
    case "wait":
      return { ...idle, ...held(answer.afterMs ?? DEFAULT_WAIT_MS, now) };
    case "retry": {
      const failures = lane.failures + 1;
      if (failures < ILL_AFTER) return { ...idle, failures };
      const holdMs = Math.min(PROBE_MS, backoffMs(failures - ILL_AFTER + 1, (1 + random) / 2));
      return { ...idle, failures, ...held(holdMs, now) };
    }
    case "blocked": {
      const { code, cause, said, fix } = answer;
      return paused(idle, { code, cause, said, fix, since: now }, now);
    }
  }
}

function held(ms: number, now: number): Pick<Lane, "heldUntil" | "heldSince"> {
  return { heldUntil: now + ms, heldSince: now };
}

/** The lane as if Slack had never stopped it. */
export function resumed(lane: Lane): Lane {
  return { ...lane, pause: null, heldUntil: 0, failures: 0 };
}

/** Why nothing is sent: a person's pause before Slack's; null: nothing stands in the way. */
export function pauseOfLane({ hold, pause }: Lane): Pause | null {
  if (hold === null) return pause;
  const { by, why, since } = hold;
  return {
    code: PAUSED_BY_PERSON,
    cause: "person",
    said: `paused by ${by}: ${why}`,
    fix: "Nothing is sent there until somebody resumes it. Then what waited is sent, in order.",
    since,
  };
}

/** The lane paused; it keeps the time since when, and is tried again in five minutes. */
export function paused(lane: Lane, pause: Pause, now: number): Lane {
  return {
    ...lane,
    sending: null,
    pause: { ...pause, since: lane.pause?.since ?? pause.since },
    ...held(PROBE_MS, now),
  };
}

/** The lane after a delivery has failed for good. */
export function withFailure(lane: Lane, now: number): Lane {
  const recent = lane.failedAt.filter((at) => now - at < HOUR_MS).slice(1 - MAX_FAILED_TIMES);
  return { ...lane, failedAt: [...recent, now] };
}

/** How many deliveries failed for good in the last hour. */
export function failedLastHour(lane: Lane, now: number): number {
  return lane.failedAt.filter((at) => now - at < HOUR_MS).length;
}
