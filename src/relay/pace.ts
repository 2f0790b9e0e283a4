import type { Target } from "../mappings/address.ts";

/** At most `count` starts in any window of `windowMs`; null: no limit. */
export type Limit = { count: number; windowMs: number } | null;

/** Starts that are remembered: how many, the last of them at `at` (milliseconds). */
export type Start = [at: number, count: number];

const UNIT_MS: Record<string, number> = { second: 1_000, minute: 60_000, hour: 3_600_000 };

/**
 * Slack's own pace per kind of destination.
 *
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
const DEFAULT_LIMIT: Record<Target["type"], string> = {
  workflow: "10/minute",
  channel: "1/second",
  webhook: "1/second",
  thread: "1/second",
  ephemeral: "1/second",
  dm: "1/second",
  gitlab_issue: "1/second",
};

/** A Worker's clock stands still while it computes: a send may start this much later than noted. */
const CLOCK_LAG_MS = 50;

/** Starts are remembered in at most about this many groups, however high the limit. */
const GROUPS = 64;

/** The pace of a destination: its `limit`, else Slack's for its kind. */
export function limitOf(destination: { type: Target["type"]; limit?: string | undefined }): Limit {
  const written = destination.limit ?? DEFAULT_LIMIT[destination.type];
  const [, count, unit] = /^(\d+)\/(\w+)$/.exec(written) ?? [];
  const windowMs = UNIT_MS[unit ?? ""];
  return count === undefined || windowMs === undefined ? null : { count: Number(count), windowMs };
}

/** When the next send may start: `now` or later. */
export function nextStart(starts: Start[], limit: Limit, now: number): number {
  if (limit === null) return now;
  let counted = 0;
  for (const [at, count] of remembered(starts, limit, now).toReversed()) {
    counted += count;
    if (counted >= limit.count) return Math.max(now, at + limit.windowMs + CLOCK_LAG_MS);
  }
  return now;
}

/** The starts to remember after one more at `now`: those that can still count in a window. */
export function withStart(starts: Start[], limit: Limit, now: number): Start[] {
  if (limit === null) return [];
  const kept = remembered(starts, limit, now);
  const last = kept.at(-1);
  const groupMs = limit.windowMs / GROUPS;
  // A group counts from its last start, so grouping can only delay, never exceed the limit.
  if (
    limit.count > GROUPS &&
    last !== undefined &&
    now - last[0] < groupMs &&
    last[1] < limit.count / GROUPS
  ) {
    return [...kept.slice(0, -1), [now, last[1] + 1]];
  }
  return [...kept, [now, 1]];
}

/**
 * The starts that can still count: not those a window ago, nor those further ahead than a window,
 * which a clock that was since set back has left behind.
 */
function remembered(starts: Start[], limit: NonNullable<Limit>, now: number): Start[] {
  return starts.filter(([at]) => Math.abs(now - at) <= limit.windowMs + CLOCK_LAG_MS);
}

/** How long one message takes at this pace, on average; 0 without a limit. */
export function interval(limit: Limit): number {
  return limit === null ? 0 : limit.windowMs / limit.count;
}
