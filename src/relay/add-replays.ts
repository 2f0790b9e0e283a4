import { log } from "../log.ts";
import { eventId } from "./ids.ts";
import type { Ledger } from "./ledger.ts";
import { insertOutcome, nextN, untried, type Outcome } from "./outcomes.ts";
import type { Pump } from "./pump.ts";
import type { Draft } from "./route-event.ts";

/** What adding deliveries needs of its Relay. */
export type ReplayParts = {
  storage: DurableObjectStorage;
  relay: string;
  ledger: Ledger;
  pump: Pump;
};

/**
 * Queues deliveries of an event that was routed before, marked `replay`; what there is of it stays as it
 * is. Returns their numbers.
 */
export function addReplays(
  { storage, relay, ledger, pump }: ReplayParts,
  { seq, key }: Pick<Outcome, "seq" | "key">,
  drafts: Draft[],
  { role, by }: { role: "replay" | "test"; by: string | null },
): number[] {
  const now = Date.now();
  let from = 0;
  storage.transactionSync(() => {
    ledger.changing({ seq }, () => {
      from = nextN(storage.sql, key);
      for (const [index, drafted] of drafts.entries()) {
        const outcome: Outcome = {
          ...untried(),
          ...drafted,
          key,
          n: from + index,
          seq,
          role,
          askedBy: by,
          createdAt: now,
          expectedAt: pump.expect(drafted.destination, now),
        };
        insertOutcome(storage.sql, ledger.settled, outcome);
        pump.add(outcome);
      }
    });
  });
  log("replayed", { id: eventId(relay, key), deliveries: drafts.length });
  return drafts.map((_draft, index) => from + index);
}
