import type { Env } from "../env.ts";
import { log, traceOf, warn } from "../log.ts";
import type { Settings } from "../settings.ts";
import type { Answer, Outgoing } from "../slack/answer.ts";
import { addressNamed, type Target } from "../mappings/address.ts";
import { send } from "./send.ts";
import { atomically } from "./atomically.ts";
import { afterAttempt, attemptAt } from "./after-attempt.ts";
import { alertOutcome } from "./alert.ts";
import { stillWaits } from "./backoff.ts";
import { deliveryId } from "./ids.ts";
import { Moment } from "./moment.ts";
import { paused, readyAt, withAnswer, withFailure, withSending, type Pause } from "./lane.ts";
import type { LaneAtWork, Lanes } from "./lanes.ts";
import type { Ledger } from "./ledger.ts";
import {
  findOutcome,
  insertOutcome,
  isParked,
  nextN,
  updateOutcome,
  type Outcome,
  type Place,
} from "./outcomes.ts";
import { interval, limitOf, type Limit } from "./pace.ts";
import { placeName } from "./queue.ts";
import {
  destinationProblem,
  refreshEverybody,
  refreshTargets,
  targetOf,
  type Configuration,
} from "./configuration.ts";
import type { MissingScopes } from "./missing-scopes.ts";
import { doubtfulSince, recordIssue, replyOutcome } from "./answering/made-issues.ts";
import type { Source } from "../mappings/mapping-keys.ts";
import { sourceOf } from "./relay-name.ts";
import { whatToSend } from "./what-to-send.ts";
import type { MadeIssue } from "../gitlab/issues-api.ts";

/** Workers allows six connections per invocation; one is left for KV. */
const MAX_SENDING = 5;
/**
 * One invocation starts at most this many sends (50 subrequests on the free plan). An answer in Slack
 * takes up to three calls, and was asked about before.
 */
const MAX_SENDS_PER_RUN: Record<Source, number> = { gitlab: 40, slack: 12 };

/** A destination whose next delivery cannot even be read is left alone for so long. */
const CRASHED_MS = 60_000;

/** A paused destination's document is read again this often: an edit is seen within 90 s. */
const LOOK_MS = 55_000;

/** One invocation's share of the work. */
export type Run = { sendsLeft: number; handedOn: boolean };

export function newRun(relay: string): Run {
  return { sendsLeft: MAX_SENDS_PER_RUN[sourceOf(relay)], handedOn: false };
}

/** A delivery that can be sent. */
type Ready = { outcome: Outcome; outgoing: Outgoing; target: Target };

/** What the pump needs of its Relay. */
export type PumpOptions = {
  storage: DurableObjectStorage;
  relay: string;
  env: Env;
  settings: Settings;
  configuration: Configuration;
  ledger: Ledger;
  missingScopes: MissingScopes;
  lanes: Lanes;
  /** Keeps the object alive until the promise has settled. */
  background: (promise: Promise<void>) => void;
  /** Sees to it that the Relay goes on at this time (milliseconds) at the latest. */
  wakeBy: (at: number) => void;
  /** Goes on at once, in an invocation of its own with limits of its own. */
  goOn: () => void;
  /** Starts the Relay anew from what is on disk. */
  restart: (why: string) => void;
};

/** Sends pending deliveries: in order and at the pace of each destination, a few at a time. */
export class Pump {
  readonly #options: PumpOptions;
  readonly #sql: SqlStorage;
  readonly #lanes: Lanes;
  /** Lanes that may have work, the one that had its turn longest ago first. */
  readonly #working: Set<LaneAtWork>;
  #sending = 0;
  /** Answers that come together are written together, with the starts of the sends that follow. */
  readonly #answers = new Moment();

  constructor(options: PumpOptions) {
    this.#options = options;
    this.#sql = options.storage.sql;
    this.#lanes = options.lanes;
    this.#working = options.lanes.recover();
  }

  /** Takes a delivery that has just been written. */
  add(outcome: Outcome): void {
    const lane = this.#lanes.of(outcome.destination);
    lane.fresh = lane.busy || lane.queue.hasWork ? null : outcome;
    // One that is tried again at once may have waited here for a later time.
    lane.queue.remove(outcome);
    if (isParked(outcome, this.#options.ledger.settled)) lane.queue.changed();
    else lane.queue.add(placeOf(outcome));
    this.#wake(lane);
  }

  /** Leaves what is pending up to `seq` to the index. */
  park(seq: number): void {
    for (const lane of this.#working) lane.queue.park(seq);
  }

  /** Takes a delivery out of its queue; false when its send has begun, or it is no longer pending. */
  withdraw(outcome: Outcome): boolean {
    const lane = this.#lanes.of(outcome.destination);
    if (outcome.state !== "pending" || this.isUnderWay(outcome)) return false;
    lane.fresh = null;
    lane.queue.remove(outcome);
    if (isParked(outcome, this.#options.ledger.settled)) lane.queue.changed();
    return true;
  }

  /** Whether a delivery is being sent at this moment. */
  isUnderWay(outcome: Outcome): boolean {
    return this.#lanes.of(outcome.destination).lane.sending === placeName(outcome);
  }

  /** When pace alone would let one more delivery to a destination start; notes that it is there. */
  expect(destination: string, now: number): number {
    const lane = this.#lanes.of(destination);
    const previous = lane.expectedAt;
    lane.expectedAt = Math.max(now, previous === 0 ? now : previous + interval(this.#limit(lane)));
    return lane.expectedAt;
  }

  /** The `seq` of the oldest delivery that is pending and not parked. */
  oldestRecent(): number | null {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { queue } of this.#working) oldest = Math.min(oldest, queue.oldestRecent);
    return Number.isFinite(oldest) ? oldest : null;
  }

  /** Whether a send is under way. */
  get isSending(): boolean {
    return this.#sending > 0;
  }

  /** Looks at a destination again at once: its document changed, or a person asked for it. */
  prompt(destination: string): void {
    const lane = this.#lanes.of(destination);
    if (lane.lane.pause !== null && !lane.busy) {
      this.#lanes.save(lane, { ...lane.lane, heldUntil: 0 });
    }
    this.#wake(lane);
  }

  /** Starts what can start now, and sees to it that the rest starts when it can. */
  run(run: Run): void {
    const now = Date.now();
    for (const lane of this.#working) {
      if (this.#sending >= MAX_SENDING) break;
      if (lane.busy || stillWaits(lane.notBefore, now)) continue;
      if (!lane.queue.hasWork) {
        this.#rest(lane);
        continue;
      }
      // Until a person says so: then it is prompted.
      if (lane.lane.hold !== null) continue;
      if (run.sendsLeft <= 0) {
        if (!run.handedOn) this.#options.goOn();
        run.handedOn = true;
        return;
      }
      const ready = readyAt(lane.lane, this.#limit(lane), now);
      if (ready > now) {
        lane.notBefore = lane.lane.pause === null ? ready : Math.min(ready, now + LOOK_MS);
        if (lane.lane.pause !== null) this.#options.background(this.#look(lane));
        continue;
      }
      const next = lane.queue.next(now);
      if (!("place" in next)) {
        if (next.notBefore === null) this.#rest(lane);
        else lane.notBefore = next.notBefore;
        continue;
      }
      run.sendsLeft -= 1;
      // To the end of the line: with more lanes than places everyone has a turn.
      this.#working.delete(lane);
      this.#working.add(lane);
      lane.busy = true;
      this.#sending += 1;
      this.#options.background(this.#sendNext(lane, next.place, run));
    }
    const wake = this.#wakeAt();
    if (wake !== null) this.#options.wakeBy(wake);
  }

  #wakeAt(): number | null {
    let wake: number | null = null;
    for (const lane of this.#working) {
      if (lane.busy || lane.notBefore === 0 || lane.lane.hold !== null) continue;
      wake = Math.min(wake ?? lane.notBefore, lane.notBefore);
    }
    return wake;
  }

  /** Nothing is pending: a pause that was about what is gone ends, and the lane waits for more. */
  #rest(lane: LaneAtWork): void {
    this.#working.delete(lane);
    if (lane.lane.pause !== null) this.#lanes.resume(lane);
  }

  /** Reads a paused destination's document again: when it was edited, {@link prompt} is called. */
  async #look(lane: LaneAtWork): Promise<void> {
    await refreshTargets(this.#options.configuration, [lane.destination], Date.now());
    this.run(newRun(this.#options.relay));
  }

  async #sendNext(lane: LaneAtWork, place: Place, run: Run): Promise<void> {
    try {
      const sendIt = await this.#prepare(lane, place);
      if (sendIt !== null) await this.#sendAndRecord(lane, sendIt);
      lane.notBefore = 0;
    } catch (error) {
      warn("send_crashed", { destination: lane.destination, error: traceOf(error) });
      // What came of it is not written: the next start finds it in doubt, and tries it again.
      if (lane.lane.sending === placeName(place)) return this.#options.restart("a send crashed");
      lane.notBefore = Date.now() + CRASHED_MS;
    }
    this.#sending -= 1;
    lane.busy = false;
    this.run(run);
  }

  /** Makes the next delivery of a lane ready; null when there is nothing to send now. */
  async #prepare(lane: LaneAtWork, place: Place): Promise<Ready | null> {
    const { configuration, relay } = this.#options;
    await refreshTargets(configuration, [lane.destination], Date.now());
    const copy = targetOf(configuration, lane.destination);
    const fresh = lane.fresh?.key === place.key && lane.fresh.n === place.n ? lane.fresh : null;
    lane.fresh = null;
    let outcome = fresh ?? findOutcome(this.#sql, place.key, place.n);
    if (outcome !== null && outcome.content === null) {
      await refreshEverybody(configuration, relay, Date.now());
      outcome = findOutcome(this.#sql, place.key, place.n);
    }
    if (outcome === null || outcome.state !== "pending") {
      lane.queue.remove(place);
      return null;
    }
    if (copy.state !== "found") {
      const problem = destinationProblem(lane.destination, copy);
      this.#pause(lane, { ...problem, cause: "configuration", since: Date.now() }, outcome);
      return null;
    }
    if (lane.lane.pause?.code.startsWith("destination_") === true) this.#lanes.resume(lane);
    try {
      const what = whatToSend(this.#sql, relay, configuration, outcome, copy.value);
      if ("end" in what) {
        this.#finish(lane, { ...outcome, ...what.end });
        return null;
      }
      const written = { ...outcome, ...what.written };
      return { outcome: written, outgoing: what.outgoing, target: copy.value };
    } catch (error) {
      const said = traceOf(error);
      warn("rendering_crashed", { id: deliveryId(relay, place.key, place.n), error: said });
      const [first = ""] = said.split("\n", 1);
      this.#finish(lane, {
        ...outcome,
        state: "failed",
        reason: `Causeway could not render it: ${first}. Retry it once that is mended.`,
      });
      return null;
    }
  }

  /** Sends, and writes what came of it. */
  async #sendAndRecord(lane: LaneAtWork, { outcome, outgoing, target }: Ready): Promise<void> {
    const { env, settings, relay } = this.#options;
    const limit = limitOf(target);
    const now = Date.now();
    // The limit may have changed with the document.
    if (readyAt(lane.lane, limit, now) > now) return;
    this.#lanes.save(lane, withSending(lane.lane, placeName(outcome), limit, now));
    const id = deliveryId(relay, outcome.key, outcome.n);
    const since =
      outgoing.kind === "issue" ? doubtfulSince(this.#sql, outgoing.draft.marker, outcome) : null;
    const sending = { delivery: id, doubtfulSince: since };
    const answer = await send(target, outgoing, sending, env, settings);
    const record = (): void => this.#record(lane, outcome, answer, now);
    if (this.#sending > 1) await this.#answers.run(record);
    else record();
    log(answer.outcome === "delivered" ? "delivered" : "not_delivered", {
      id,
      destination: lane.destination,
      outcome: answer.outcome,
      status: answer.status,
      attempt: outcome.attempts.length + 1,
      sinceAcceptedMs: Date.now() - outcome.createdAt,
    });
  }

  /** An issue was made: the message's thread is told. */
  #tell(outcome: Outcome, issue: MadeIssue, now: number): void {
    const { content } = outcome;
    if (content?.kind !== "issue") return;
    recordIssue(this.#sql, content.draft.marker, issue, now);
    const reply = replyOutcome(outcome, content.answerIn, {
      n: nextN(this.#sql, outcome.key),
      now,
      expectedAt: this.expect(content.answerIn, now),
    });
    this.#insert(reply);
  }

  /** A delivery that follows from another one. */
  #insert(outcome: Outcome): void {
    const { ledger } = this.#options;
    ledger.changing(outcome, () => insertOutcome(this.#sql, ledger.settled, outcome));
    this.add(outcome);
  }

  /** Writes what an answer means: for the delivery, and for its lane. */
  #record(lane: LaneAtWork, outcome: Outcome, answer: Answer, startedAt: number): void {
    const now = Date.now();
    const before = lane.lane;
    const after = withAnswer(before, answer, now, Math.random());
    const attempt = attemptAt(startedAt, answer);
    const updated = afterAttempt(outcome, answer, attempt, now, Math.random());
    // A plain success leaves the lane's row as the start of the send wrote it: see Lane.
    const quiet =
      answer.outcome === "delivered" &&
      before.pause === null &&
      before.failures === 0 &&
      before.heldUntil === 0;
    const { ledger, missingScopes } = this.#options;
    const recent = outcome.seq > ledger.settled;
    const issue = answer.outcome === "delivered" ? answer.issue : undefined;
    const scope = answer.outcome === "blocked" ? (answer.scope ?? null) : null;
    if (answer.outcome === "retry" && answer.maybePosted) ledger.countDoubt();
    atomically(
      this.#options.storage,
      quiet && recent && issue === undefined ? "one" : "many",
      () => {
        if (issue !== undefined) this.#tell(outcome, issue, now);
        const isOver = answer.outcome === "delivered" && missingScopes.all.length > 0;
        if (scope !== null || isOver) {
          const purpose = purposeOf(lane.destination);
          if (scope === null) missingScopes.wentWell(purpose);
          else missingScopes.lacks(scope, purpose, now);
        }
        this.#finish(lane, updated);
        if (quiet) lane.lane = after;
        else this.#lanes.save(lane, updated.state === "failed" ? withFailure(after, now) : after);
        if (answer.outcome === "blocked" && before.pause === null) this.#announce(lane, updated);
      },
    );
    if (before.pause !== null && after.pause === null) {
      log("destination_resumed", { destination: lane.destination });
    }
  }

  /** Writes a delivery in its new state, and corrects the sums and the queue. */
  #finish(lane: LaneAtWork, outcome: Outcome): void {
    const { ledger } = this.#options;
    const finishedAt = outcome.state === "pending" ? null : Date.now();
    ledger.changing(outcome, () =>
      updateOutcome(this.#sql, ledger.settled, { ...outcome, finishedAt }),
    );
    const parked = isParked(outcome, ledger.settled);
    if (finishedAt !== null || parked) lane.queue.remove(outcome);
    if (parked) lane.queue.changed();
  }

  #pause(lane: LaneAtWork, pause: Pause, outcome: Outcome): void {
    const first = lane.lane.pause === null;
    this.#options.storage.transactionSync(() => {
      this.#lanes.save(lane, paused(lane.lane, pause, Date.now()));
      if (first) this.#announce(lane, outcome);
    });
  }

  /** Tells `ALERTS_TO` once that a destination has paused, with the cause and the fix. */
  #announce(lane: LaneAtWork, outcome: Outcome): void {
    const { pause } = lane.lane;
    if (pause === null) return;
    warn("destination_paused", {
      destination: lane.destination,
      code: pause.code,
      said: pause.said,
      fix: pause.fix,
    });
    // A bot token that is no longer good stops every channel: that is one piece of news.
    const known = this.#lanes
      .pauses()
      .some(
        ({ destination, pause: { code } }) =>
          destination !== lane.destination && pause.cause === "auth" && code === pause.code,
      );
    if (known) return;
    const now = Date.now();
    for (const destination of this.#options.settings.alertsTo) {
      if (destination === lane.destination) continue;
      const alert = alertOutcome(lane.destination, pause, outcome, {
        destination,
        n: nextN(this.#sql, outcome.key),
        now,
        expectedAt: this.expect(destination, now),
      });
      this.#insert(alert);
    }
  }

  #limit(lane: LaneAtWork): Limit {
    const copy = targetOf(this.#options.configuration, lane.destination);
    return copy.state === "found" ? limitOf(copy.value) : null;
  }

  #wake(lane: LaneAtWork): void {
    lane.notBefore = 0;
    this.#working.add(lane);
  }
}

/** What a send is for, without whom it is for: anybody may read what a scope is missing for. */
function purposeOf(destination: string): string {
  return `sending to ${addressNamed(destination)?.type ?? "a channel"}`;
}

function placeOf({ key, n, seq, subject, dueAt }: Outcome): Place {
  return { key, n, seq, subject, dueAt };
}
