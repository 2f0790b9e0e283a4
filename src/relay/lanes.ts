import { log, warn } from "../log.ts";
import { afterAttempt, ISSUE_DOUBT_MS, withAttempt } from "./after-attempt.ts";
import { deliveryId } from "./ids.ts";
import {
  failedLastHour,
  NEW_LANE,
  pauseOfLane,
  resumed,
  type Hold,
  type Lane,
  type Pause,
} from "./lane.ts";
import type { Ledger } from "./ledger.ts";
import {
  findOutcome,
  parkedDestinations,
  parkedUntil,
  recentPlaces,
  updateOutcome,
  type Attempt,
  type Outcome,
} from "./outcomes.ts";
import { placeNamed, Queue } from "./queue.ts";

/** A destination as it is worked: its lane, its queue, and what is known of them at the moment. */
export type LaneAtWork = {
  destination: string;
  lane: Lane;
  queue: Queue;
  /** The delivery that was written last, when it is next: it need not be read again. */
  fresh: Outcome | null;
  busy: boolean;
  /** Nothing can start before this time, as far as was known when it was last looked at. */
  notBefore: number;
  /** When pace alone would let the latest delivery start. */
  expectedAt: number;
};

const STOPPED = "Causeway was stopped while this was being sent: Slack may have it already.";

/** The delivery whose send was broken off: tried again at once, and, should it happen again, like any other. */
function afterDoubt(outcome: Outcome, attempt: Attempt, now: number): Outcome {
  if (outcome.attempts.at(-1)?.answer === STOPPED) {
    const lost = { outcome: "retry", maybePosted: true, status: null, said: STOPPED } as const;
    return afterAttempt(outcome, lost, attempt, now, Math.random());
  }
  // GitLab may still be at it: it is looked for the issue when that must be over.
  const dueAt = outcome.content?.kind === "issue" ? now + ISSUE_DOUBT_MS : outcome.dueAt;
  return { ...withAttempt(outcome, attempt), dueAt };
}

/** What the lanes need of their Relay. */
export type LanesOptions = { storage: DurableObjectStorage; relay: string; ledger: Ledger };

/** The lanes of all destinations: what is on disk of each, and how they were when the Relay stopped. */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #sql: SqlStorage;
  readonly #lanes = new Map<string, LaneAtWork>();

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#sql = options.storage.sql;
    const rows = this.#sql.exec<{ destination: string; state: string }>("SELECT * FROM lanes");
    for (const { destination, state } of rows.toArray()) {
      this.of(destination).lane = { ...NEW_LANE, ...(JSON.parse(state) as Lane) };
    }
  }

  /** The lane of a destination; a new one when nothing was ever sent there. */
  of(destination: string): LaneAtWork {
    const known = this.#lanes.get(destination);
    if (known !== undefined) return known;
    const lane: LaneAtWork = {
      destination,
      lane: NEW_LANE,
      queue: new Queue(this.#sql, destination),
      fresh: null,
      busy: false,
      notBefore: 0,
      expectedAt: 0,
    };
    this.#lanes.set(destination, lane);
    return lane;
  }

  /** Puts a lane into a new state, in memory and on disk: one row. */
  save(lane: LaneAtWork, state: Lane): void {
    lane.lane = state;
    this.#sql.exec(
      `INSERT INTO lanes (destination, state) VALUES (?, ?)
       ON CONFLICT (destination) DO UPDATE SET state = excluded.state`,
      lane.destination,
      JSON.stringify(state),
    );
  }

  /** Ends the pause of a lane. */
  resume(lane: LaneAtWork): void {
    this.save(lane, resumed(lane.lane));
    log("destination_resumed", { destination: lane.destination });
  }

  /** Begins or ends a person's pause. A send that is under way goes on. */
  hold(lane: LaneAtWork, hold: Hold | null): void {
    this.save(lane, { ...lane.lane, hold });
  }

  /** The pauses that people made. */
  holds(): { destination: string; hold: Hold }[] {
    return [...this.#lanes.values()].flatMap(({ destination, lane: { hold } }) =>
      hold === null ? [] : [{ destination, hold }],
    );
  }

  /** Destinations that are paused, why, and when a message was tried last (milliseconds; null: one is tried now). */
  pauses(): { destination: string; pause: Pause; triedAt: number | null }[] {
    return [...this.#lanes.values()].flatMap(({ destination, lane }) => {
      const pause = pauseOfLane(lane);
      const triedAt = lane.heldUntil === 0 ? null : lane.heldSince;
      return pause === null ? [] : [{ destination, pause, triedAt }];
    });
  }

  /** How many deliveries failed for good in the last hour, over all destinations. */
  failedLastHour(now: number): number {
    return [...this.#lanes.values()].reduce((sum, { lane }) => sum + failedLastHour(lane, now), 0);
  }

  /**
   * After a crash, a deploy or an eviction: notes sends that were under way as in doubt, and finds what
   * is pending. Returns the lanes that may have work.
   */
  recover(): Set<LaneAtWork> {
    const working = new Set<LaneAtWork>();
    for (const lane of this.#lanes.values()) {
      if (lane.lane.pause !== null) working.add(lane);
      if (lane.lane.sending !== null) this.#tryDoubt(lane, lane.lane.sending);
    }
    for (const destination of parkedDestinations(this.#sql)) {
      if (destination === "") continue;
      const lane = this.of(destination);
      lane.queue.changed();
      lane.expectedAt = parkedUntil(this.#sql, destination);
      working.add(lane);
    }
    const recent = recentPlaces(this.#sql, this.#options.ledger.settled);
    for (const { destination, expectedAt, ...place } of recent) {
      const lane = this.of(destination);
      lane.queue.add(place);
      lane.expectedAt = Math.max(lane.expectedAt, expectedAt);
      working.add(lane);
    }
    return working;
  }

  /** Where a doubt cannot be noted, nothing is sent: it would be sent again at each start. */
  #tryDoubt(lane: LaneAtWork, name: string): void {
    try {
      this.#doubt(lane, name);
    } catch (error) {
      lane.busy = true;
      warn("doubt_not_recorded", { destination: lane.destination, error: String(error) });
    }
  }

  /** Slack may have the message of a send that was under way: it is tried again, and counted. */
  #doubt(lane: LaneAtWork, name: string): void {
    const { storage, ledger, relay } = this.#options;
    const { key, n } = placeNamed(name);
    const outcome = findOutcome(this.#sql, key, n);
    lane.lane = { ...lane.lane, sending: null };
    if (outcome === null || outcome.state !== "pending") return;
    const now = Date.now();
    const at = lane.lane.starts.at(-1)?.[0] ?? now;
    const attempt: Attempt = { at, status: null, answer: STOPPED };
    const tried = afterDoubt(outcome, attempt, now);
    const finishedAt = tried.state === "failed" ? now : null;
    storage.transactionSync(() => {
      ledger.changing(outcome, () =>
        updateOutcome(this.#sql, ledger.settled, { ...tried, finishedAt }),
      );
      ledger.countDoubt();
      this.save(lane, lane.lane);
    });
    warn("send_in_doubt", { id: deliveryId(relay, key, n), destination: lane.destination });
  }
}
