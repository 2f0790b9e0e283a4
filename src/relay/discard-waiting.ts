import type { Ledger } from "./ledger.ts";
import { findOutcome, updateOutcome } from "./outcomes.ts";
import type { Pump } from "./pump.ts";
import { firstWaiting } from "./waiting-deliveries.ts";

/**
 * Ends up to `limit` deliveries that wait for a destination, the oldest first, as `filtered` with this
 * reason: nobody wants them any more, so they are no failures, and no retry brings them back. One that
 * is being sent is left to be finished.
 */
export function discardWaiting(
  storage: DurableObjectStorage,
  ledger: Ledger,
  pump: Pump,
  { destination, reason, limit }: { destination: string; reason: string; limit: number },
): { discarded: number; more: boolean } {
  const { sql } = storage;
  // One may be under way, and one tells that there are more.
  const waiting = firstWaiting(sql, ledger.settled, destination, limit + 2).flatMap(
    ({ key, n }) => findOutcome(sql, key, n) ?? [],
  );
  const idle = waiting.filter((outcome) => !pump.isUnderWay(outcome));
  const ending = idle.slice(0, limit);
  const finishedAt = Date.now();
  storage.transactionSync(() => {
    for (const outcome of ending) {
      ledger.changing(outcome, () =>
        updateOutcome(sql, ledger.settled, { ...outcome, state: "filtered", reason, finishedAt }),
      );
    }
  });
  for (const outcome of ending) pump.withdraw(outcome);
  const more = idle.length > limit;
  // A pause of Slack's ends when nothing waits any more.
  if (!more) pump.prompt(destination);
  return { discarded: ending.length, more };
}
