import { stillWaits } from "./backoff.ts";
import { parkedPlaces, type Place } from "./outcomes.ts";

/** The next delivery of a lane, or when there may be one (null: when something changes). */
export type Next = { place: Place } | { notBefore: number | null };

const PAGE = 200;
/** Beyond so many that cannot be sent yet, what stands behind them waits too. */
const LOOK_AHEAD = 2_000;

/**
 * The pending deliveries of one destination, in order. Recent ones are remembered here, at no cost
 * in rows; those that wait longer are parked: found through an index, a page at a time. A delivery
 * that waits for its next attempt holds back its own subject and nothing else.
 */
export class Queue {
  readonly #sql: SqlStorage;
  readonly #destination: string;
  readonly #recent = new Map<string, Place>();
  /** The last of all places that were added, in order; null: there was none. */
  #last: Pick<Place, "seq" | "n"> | null = null;
  /** Whether `#recent` is in order. */
  #ordered = true;
  /** The first of the parked deliveries, read from the index; null when it has to be read again. */
  #parked: Map<string, Place> | null = new Map();
  /** Whether the index may hold more behind those. */
  #more = false;

  constructor(sql: SqlStorage, destination: string) {
    this.#sql = sql;
    this.#destination = destination;
  }

  /** Whether anything is pending; may err on the side of yes until {@link next} has looked. */
  get hasWork(): boolean {
    return this.#recent.size > 0 || this.#parked === null || this.#parked.size > 0 || this.#more;
  }

  /** The `seq` of the first delivery that is remembered here; Infinity: there is none. */
  get oldestRecent(): number {
    const [first] = this.#recentInOrder();
    return first?.seq ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Takes a delivery that is not parked. One that a person retries, or that waited for its mapping, has
   * its place before others that are here already.
   */
  add(place: Place): void {
    this.#recent.set(placeName(place), place);
    if (this.#last !== null && byPlace(place, this.#last) < 0) this.#ordered = false;
    else this.#last = place;
  }

  /** Something of this destination was parked, or changed while it is. */
  changed(): void {
    this.#parked = null;
  }

  /** The delivery is finished, or was parked. */
  remove(place: Pick<Place, "key" | "n">): void {
    const name = placeName(place);
    this.#recent.delete(name);
    this.#parked?.delete(name);
  }

  /** Leaves everything up to `seq` to the index, where it has just been entered. */
  park(seq: number): void {
    for (const [name, place] of this.#recent) {
      if (place.seq > seq) continue;
      this.#recent.delete(name);
      this.#parked = null;
    }
  }

  /** The first delivery, in order, that is due and whose subject is not held back. */
  next(now: number): Next {
    const held = new Set<string>();
    let notBefore: number | null = null;
    for (const place of this.#places()) {
      if (held.has(place.subject)) continue;
      if (!stillWaits(place.dueAt, now)) return { place };
      held.add(place.subject);
      notBefore = Math.min(notBefore ?? place.dueAt, place.dueAt);
    }
    return { notBefore };
  }

  /** All places in order: the parked ones, page by page as far as needed, and the recent ones among them. */
  *#places(): Generator<Place> {
    const recent = this.#recentInOrder()[Symbol.iterator]();
    let next = recent.next();
    for (const place of this.#parkedPlaces()) {
      for (; next.done !== true && byPlace(next.value, place) < 0; next = recent.next()) {
        yield next.value;
      }
      yield place;
    }
    if (this.#more) return;
    for (; next.done !== true; next = recent.next()) yield next.value;
  }

  /** The parked places; when it ends and the index has more, too many are held back to look further. */
  *#parkedPlaces(): Generator<Place> {
    const parked = this.#parked ?? this.#read({ seq: -1, n: -1 }, new Map());
    let last: Place | undefined;
    for (const place of parked.values()) yield (last = place);
    while (this.#more && parked.size < LOOK_AHEAD) {
      const known = parked.size;
      this.#read(last ?? { seq: -1, n: -1 }, parked);
      for (const place of [...parked.values()].slice(known)) yield (last = place);
    }
  }

  #recentInOrder(): Iterable<Place> {
    if (this.#ordered) return this.#recent.values();
    const places = [...this.#recent.values()].toSorted(byPlace);
    this.#recent.clear();
    for (const place of places) this.#recent.set(placeName(place), place);
    this.#ordered = true;
    return places;
  }

  #read(after: Pick<Place, "seq" | "n">, into: Map<string, Place>): Map<string, Place> {
    const page = parkedPlaces(this.#sql, this.#destination, after, PAGE);
    for (const place of page) into.set(placeName(place), place);
    this.#parked = into;
    this.#more = page.length === PAGE;
    return into;
  }
}

function byPlace(one: Pick<Place, "seq" | "n">, other: Pick<Place, "seq" | "n">): number {
  return one.seq - other.seq || one.n - other.n;
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
