import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import type { RetryFilter } from "../../relay/retry-failed.ts";
import type { RetryPlace } from "../../relay/retry-runs.ts";

/** One page of a bulk retry; `next` is where to go on, null at the end. */
export type RetryPage = { retried: string[]; skipped: number; next: RetryPlace | null };

/** Failed deliveries that one call of a bulk retry looks at. */
const PAGE = 100;

/**
 * Sends failed deliveries again, a page at a time, Relay by Relay: `retried` are their ids. What has
 * become of all pages of one `run` is known for a day.
 */
export async function retryFailures(
  env: Env,
  filter: RetryFilter,
  from: RetryPlace | null,
  run: string | null = null,
): Promise<RetryPage> {
  const left = (await allRelays(env)).filter(({ name }) => from === null || name >= from.relay);
  const [first, second] = left;
  if (first === undefined) return { retried: [], skipped: 0, next: null };
  const after = first.name === from?.relay ? from.after : null;
  const { retried, skipped, next } = await first.relay.retryFailed(filter, after, PAGE, run);
  if (next !== null) return { retried, skipped, next: { relay: first.name, after: next } };
  return {
    retried,
    skipped,
    next: second === undefined ? null : { relay: second.name, after: null },
  };
}
