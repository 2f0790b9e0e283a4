/** A count for people: `12,345`. */
export function bigNumber(count: number): string {
  return count.toLocaleString("en");
}
