import { parkedOf, type Outcome } from "./outcomes.ts";

/** A pending delivery's place in the queue. */
export type Place = { key: string; n: number; seq: number; subject: string };

/** The next delivery of a lane, or when there may be one (null: when something changes). */
export type Next = { place: Place } | { notBefore: number | null };

const PAGE = 100;

/**
 * The pending deliveries of one destination, in order. Recent ones are remembered here, at no cost
 * in rows; those that wait longer — parked ones — are found through an index. A delivery that waits
 * for its next attempt holds back its own subject and nothing else.
 */
export class Queue {
  readonly #sql: SqlStorage;
  readonly #destination: string;
  readonly #recent = new Map<string, Place>();
  #parked: boolean;

  constructor(sql: SqlStorage, destination: string, parked: boolean) {
    this.#sql = sql;
    this.#destination = destination;
    this.#parked = parked;
  }

  /** Whether anything is pending; may err on the side of yes until {@link next} has looked. */
  get hasWork(): boolean {
    return this.#recent.size > 0 || this.#parked;
  }

  add({ key, n, seq, subject }: Place): void {
    this.#recent.set(placeName({ key, n }), { key, n, seq, subject });
  }

  /** Something of this destination was parked. */
  parkedMore(): void {
    this.#parked = true;
  }

  /** The delivery is finished, or was parked. */
  remove(place: Pick<Place, "key" | "n">): void {
    this.#recent.delete(placeName(place));
  }

  /** Leaves everything up to `seq` to the index, where it has just been entered. */
  park(seq: number): void {
    for (const [name, place] of this.#recent) {
      if (place.seq > seq) break;
      this.#recent.delete(name);
      this.#parked = true;
    }
  }

  /** The first delivery, in order, that is due and whose subject is not held back. */
  next(now: number): Next {
    const held = new Set<string>();
    let notBefore: number | null = null;
    let after = { seq: -1, n: -1 };
    while (this.#parked) {
      const page = parkedOf(this.#sql, this.#destination, after, PAGE);
      for (const outcome of page) {
        if (held.has(outcome.subject)) continue;
        if (outcome.dueAt <= now) return { place: outcome };
        held.add(outcome.subject);
        notBefore = Math.min(notBefore ?? outcome.dueAt, outcome.dueAt);
      }
      const last: Outcome | undefined = page.at(-1);
      if (last === undefined || page.length < PAGE) {
        if (page.length === 0 && after.seq < 0) this.#parked = false;
        break;
      }
      after = last;
    }
    for (const place of this.#recent.values()) {
      if (!held.has(place.subject)) return { place };
    }
    return { notBefore };
  }
}

/** The name of a delivery within its Relay, as lanes note it. */
export function placeName({ key, n }: Pick<Place, "key" | "n">): string {
  return `${key}.${n}`;
}

/** Reads a name of {@link placeName} back. */
export function placeNamed(name: string): { key: string; n: number } {
  const at = name.lastIndexOf(".");
  return { key: name.slice(0, at), n: Number(name.slice(at + 1)) };
}
