import { log } from "../log.ts";
import { insertEvent, lastSeq, seqAt } from "./events.ts";
import type { Incoming } from "./incoming.ts";
import { countDuplicate, settle, settledSeq } from "./ledger.ts";
import { isRouted } from "./outcomes.ts";

/** How many recent events may be unsettled: what a restart reads through. */
const MAX_RECENT = 1_024;

/**
 * The events that were accepted and not routed yet, and the order in which they came.
 *
 * Accepting writes one row, of the event itself. Which events were seen before is known from their
 * outcomes, or, before they have any, from here; after a restart from the recent ones, which are
 * those behind the ledger's `settled_seq`.
 */
export class Intake {
  readonly #storage: DurableObjectStorage;
  readonly #unrouted = new Map<string, number>();
  #lastSeq: number;
  #recent = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#lastSeq = lastSeq(storage.sql);
    const rows = storage.sql.exec<{ key: string; seq: number }>(
      "SELECT key, seq FROM events WHERE seq > ? ORDER BY seq",
      settledSeq(storage.sql),
    );
    for (const { key, seq } of rows.toArray()) {
      this.#recent += 1;
      if (!isRouted(storage.sql, key)) this.#unrouted.set(key, seq);
    }
  }

  /** Commits an event, unless it is here already. */
  accept(incoming: Incoming, now: number): "accepted" | "duplicate" {
    const { sql } = this.#storage;
    return this.#storage.transactionSync(() => {
      if (this.#unrouted.has(incoming.key) || isRouted(sql, incoming.key)) {
        countDuplicate(sql);
        return "duplicate";
      }
      const seq = Math.max(this.#lastSeq + 1, seqAt(now));
      insertEvent(sql, seq, incoming);
      this.#lastSeq = seq;
      this.#unrouted.set(incoming.key, seq);
      this.#recent += 1;
      return "accepted";
    });
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

  routed(key: string): void {
    this.#unrouted.delete(key);
  }

  seqOf(key: string): number | null {
    return this.#unrouted.get(key) ?? null;
  }

  /** Whether a restart would read this event again, and find what is pending of it. */
  isRecent(seq: number): boolean {
    return seq > settledSeq(this.#storage.sql);
  }

  /**
   * Settles the older half of the recent events when they have become many. Returns up to which
   * `seq`, or null.
   */
  settleOld(): number | null {
    if (this.#recent <= MAX_RECENT) return null;
    const { sql } = this.#storage;
    const [middle] = sql
      .exec<{ seq: number }>(
        "SELECT seq FROM events ORDER BY seq DESC LIMIT 1 OFFSET ?",
        MAX_RECENT / 2,
      )
      .toArray();
    const [oldestUnrouted] = this.unrouted(1);
    const upTo = Math.min(middle?.seq ?? 0, (oldestUnrouted?.seq ?? Number.MAX_SAFE_INTEGER) - 1);
    if (upTo <= settledSeq(sql)) return null;
    this.#storage.transactionSync(() => settle(sql, upTo));
    this.#recent = sql
      .exec<{ recent: number }>("SELECT count(*) AS recent FROM events WHERE seq > ?", upTo)
      .one().recent;
    log("settled", { recent: this.#recent });
    return upTo;
  }
}
