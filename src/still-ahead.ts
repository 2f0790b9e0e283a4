/**
 * Whether a time (milliseconds) that was set at most `longestMs` ahead is still to come. One that is
 * further ahead was set before the clock was set back, and is over.
 */
export function isStillAhead(at: number, now: number, longestMs: number): boolean {
  return at > now && at - now <= longestMs;
}
