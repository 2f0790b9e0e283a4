import { atomically } from "./atomically.ts";
import { arrivedAt, insertEvent, lastSeq, seqAt } from "./events.ts";
import type { Incoming } from "./incoming.ts";
import type { Ledger } from "./ledger.ts";
import { isRouted } from "./outcomes.ts";
import { compareResult, typeOfChange } from "./ref-statuses.ts";

/** What became of a request, and the types that its event has. */
type Acceptance = { status: "accepted" | "duplicate"; types: string[] };

/** So many recent events are settled when all of them are finished. */
const ENOUGH_RECENT = 1_024;
/** Fewer are read faster than they are settled. */
const WORTH_SETTLING = 32;
/** So many are settled with what is pending among them: what a restart reads through at most. */
const TOO_MANY_RECENT = 8_192;

/**
 * The events that were accepted and not routed yet, and the order in which they came.
 *
 * Accepting writes one row, of the event itself, and one more for a pipeline that is compared with the
 * one before on its ref. Which events were seen before is known from their outcomes, or, before they
 * have any, from here; after a restart from the recent ones, which are those behind the ledger's
 * `settled_seq`.
 */
export class Intake {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #unrouted = new Map<string, number>();
  #lastSeq: number;
  #recent = 0;
  #settleAt = ENOUGH_RECENT;

  constructor(storage: DurableObjectStorage, ledger: Ledger) {
    this.#storage = storage;
    this.#ledger = ledger;
    this.#lastSeq = lastSeq(storage.sql);
    const rows = storage.sql.exec<{ key: string; seq: number }>(
      "SELECT key, seq FROM events WHERE seq > ? ORDER BY seq",
      ledger.settled,
    );
    for (const { key, seq } of rows.toArray()) {
      this.#recent += 1;
      if (!isRouted(storage.sql, key)) this.#unrouted.set(key, seq);
    }
  }

  /**
   * Commits an event, unless it is here already. `again` says that the same request was tried before
   * and its answer was lost: then it is no duplicate.
   */
  accept(incoming: Incoming, now: number, again: boolean): Acceptance {
    const { sql } = this.#storage;
    if (this.#unrouted.has(incoming.key) || isRouted(sql, incoming.key)) {
      if (again) return { status: "accepted", types: incoming.types };
      this.#ledger.countDuplicate();
      return { status: "duplicate", types: incoming.types };
    }
    // Also behind what is settled: the clock may have been far ahead when that was done.
    const seq = Math.max(this.#lastSeq + 1, this.#ledger.settled + 1, seqAt(now));
    // A Worker of the version before, which a deploy leaves running for a while, sends none.
    const result = incoming.pipelineResult ?? null;
    const statements = incoming.chunks.length === 1 && result === null ? "one" : "many";
    const types = atomically(this.#storage, statements, () => {
      const change = result === null ? null : compareResult(sql, result, now);
      const all = change === null ? incoming.types : [...incoming.types, typeOfChange(change)];
      insertEvent(sql, seq, { ...incoming, types: all });
      return all;
    });
    this.#lastSeq = seq;
    this.#unrouted.set(incoming.key, seq);
    this.#recent += 1;
    return { status: "accepted", types };
  }

  /** The first events that are not routed yet. */
  unrouted(limit: number): { key: string; seq: number }[] {
    const first: { key: string; seq: number }[] = [];
    for (const [key, seq] of this.#unrouted) {
      if (first.length === limit) break;
      first.push({ key, seq });
    }
    return first;
  }

  get hasUnrouted(): boolean {
    return this.#unrouted.size > 0;
  }

  /** When the oldest of them came, in milliseconds; null: all are routed. */
  get oldestUnroutedAt(): number | null {
    const [oldest] = this.unrouted(1);
    return oldest === undefined ? null : arrivedAt(oldest.seq);
  }

  routed(key: string): void {
    this.#unrouted.delete(key);
  }

  seqOf(key: string): number | null {
    return this.#unrouted.get(key) ?? null;
  }

  /** Settles all recent events when all are finished: a Relay that rests has little to read on its next start. */
  settleAll(oldestPending: () => number | null): void {
    if (this.#recent < WORTH_SETTLING || this.hasUnrouted || oldestPending() !== null) return;
    this.#ledger.settle(this.#lastSeq);
    this.#recent = 0;
    this.#settleAt = ENOUGH_RECENT;
  }

  /**
   * Settles older events when the recent ones have become many: the finished ones, up to the first
   * that is pending; only when they are too many those too. Returns up to which `seq`, or null.
   */
  settleOld(oldestPending: () => number | null): number | null {
    if (this.#recent <= this.#settleAt) return null;
    const { sql } = this.#storage;
    const [kept] = sql
      .exec<{ seq: number }>(
        "SELECT seq FROM events ORDER BY seq DESC LIMIT 1 OFFSET ?",
        ENOUGH_RECENT / 2,
      )
      .toArray();
    const [oldestUnrouted] = this.unrouted(1);
    const barrier = this.#recent > TOO_MANY_RECENT ? null : oldestPending();
    const upTo =
      Math.min(
        kept === undefined ? 0 : kept.seq + 1,
        oldestUnrouted?.seq ?? Number.MAX_SAFE_INTEGER,
        barrier ?? Number.MAX_SAFE_INTEGER,
      ) - 1;
    this.#settleAt = this.#recent + ENOUGH_RECENT / 2;
    if (upTo <= this.#ledger.settled) return null;
    this.#ledger.settle(upTo);
    this.#recent = sql
      .exec<{ recent: number }>("SELECT count(*) AS recent FROM events WHERE seq > ?", upTo)
      .one().recent;
    this.#settleAt = Math.max(ENOUGH_RECENT, this.#recent + ENOUGH_RECENT / 2);
    return upTo;
  }
}
