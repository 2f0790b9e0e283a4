import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import type { FailedFilter, FailedItem } from "../../relay/list-failed.ts";
import type { RetryPlace } from "../../relay/retry-runs.ts";

const PAGE = 25;
/** Relays, and pages of them, that one look asks. */
const MOST_ASKED = 20;

/**
 * Failed deliveries of one destination and one cause in all Relays, the oldest event of each first; `next`
 * is where to go on, null at the end.
 */
export async function failuresOfCause(
  env: Env,
  which: FailedFilter,
  from: RetryPlace | null,
): Promise<{ items: FailedItem[]; next: RetryPlace | null }> {
  const left = (await allRelays(env)).filter(({ name }) => from === null || name >= from.relay);
  const items: FailedItem[] = [];
  let asked = 0;
  for (const [index, { name, relay }] of left.entries()) {
    let after = name === from?.relay ? from.after : null;
    do {
      if (asked === MOST_ASKED) return { items, next: { relay: name, after } };
      asked += 1;
      const page: Awaited<ReturnType<typeof relay.failedOf>> = await relay.failedOf(
        which,
        after,
        PAGE - items.length,
      );
      items.push(...page.items);
      after = page.next;
      if (items.length === PAGE) {
        const following = left[index + 1]?.name;
        if (after !== null) return { items, next: { relay: name, after } };
        return {
          items,
          next: following === undefined ? null : { relay: following, after: null },
        };
      }
    } while (after !== null);
  }
  return { items, next: null };
}
