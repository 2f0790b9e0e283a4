import type { Sums } from "../../relay/ledger.ts";

/** The sums of several Relays in one; of none: zeros. */
export function sumOfLedgers(ledgers: Sums[]): Sums {
  const add = (of: (ledger: Sums) => number): number =>
    ledgers.reduce((total, ledger) => total + of(ledger), 0);
  return {
    received: add((ledger) => ledger.received),
    delivered: add((ledger) => ledger.delivered),
    filtered: add((ledger) => ledger.filtered),
    duplicate: add((ledger) => ledger.duplicate),
    pending: add((ledger) => ledger.pending),
    failed: add((ledger) => ledger.failed),
    unreadable: add((ledger) => ledger.unreadable),
    deliveries: {
      delivered: add(({ deliveries }) => deliveries.delivered),
      filtered: add(({ deliveries }) => deliveries.filtered),
      pending: add(({ deliveries }) => deliveries.pending),
      failed: add(({ deliveries }) => deliveries.failed),
      inDoubt: add(({ deliveries }) => deliveries.inDoubt),
    },
  };
}
