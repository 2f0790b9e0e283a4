/** A page of one Relay: what it found, newest first, and where it stopped looking (null: at the end). */
type PageOf<T> = { name: string; items: T[]; next: number | null };

/** Merges the newest of several Relays, with each one's name; `next` is where the next page begins. */
export function newestOf<T extends { seq: number }>(
  pages: PageOf<T>[],
  limit: number,
): { items: { name: string; item: T }[]; next: string | null } {
  const all = pages
    .flatMap(({ name, items }) => items.map((item) => ({ name, item })))
    .sort((a, b) => b.item.seq - a.item.seq);
  // A Relay that stopped looking at `next` may have more there: older ones are for the next page.
  const horizon = Math.max(0, ...pages.map(({ next }) => next ?? 0));
  const complete = all.filter(({ item }) => item.seq >= horizon);
  // Never between two of the same moment: the next page starts below the last.
  const lowest = complete[limit - 1]?.item.seq ?? 0;
  const shown = complete.filter(({ item }) => item.seq >= lowest);
  const next = shown.length < complete.length ? lowest : horizon;
  return { items: shown, next: next === 0 ? null : String(next) };
}
