import { log } from "../log.ts";
import { doubtfulUntil } from "./after-attempt.ts";
import { deliveryId } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import { updateOutcome, type Outcome } from "./outcomes.ts";
import type { Pump } from "./pump.ts";

/** Puts a delivery back into the queue of its destination, which is looked at at once. */
export function sendAgain(
  storage: DurableObjectStorage,
  ledger: Ledger,
  pump: Pump,
  relay: string,
  outcome: Outcome,
): void {
  const { destination, key, n } = outcome;
  const again: Outcome = {
    ...outcome,
    state: "pending",
    reason: null,
    waitedMs: 0,
    dueAt: doubtfulUntil(outcome),
    expectedAt: pump.expect(destination, Date.now()),
    finishedAt: null,
  };
  storage.transactionSync(() => {
    ledger.changing(outcome, () => updateOutcome(storage.sql, ledger.settled, again));
  });
  log("retried", { id: deliveryId(relay, key, n), destination });
  pump.add(again);
  pump.prompt(destination);
}
