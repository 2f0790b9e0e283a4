import { isStillAhead } from "./still-ahead.ts";

/** What is kept in this isolate, by name. Times are milliseconds. */
export type Kept<T> = {
  /** What is kept and fresh, and null where nothing is: which differs from a value that is null. */
  get: (name: string, now: number) => { value: T } | null;
  keep: (name: string, value: T, now: number) => void;
  clear: () => void;
};

/** Keeps values for `freshMs` each, and `most` of them: of more the oldest goes. */
export function keptForAWhile<T>(freshMs: number, most: number): Kept<T> {
  const kept = new Map<string, { value: T; until: number }>();
  return {
    get(name, now) {
      const found = kept.get(name);
      return found !== undefined && isStillAhead(found.until, now, freshMs) ? found : null;
    },
    keep(name, value, now) {
      kept.delete(name);
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(name, { value, until: now + freshMs });
    },
    clear() {
      kept.clear();
    },
  };
}
