/** A moment (milliseconds) to the second: `2026-11-22 19:30:40 UTC`. */
export function inUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
