import { allRelays } from "../../src/relay/all-relays.ts";
import type { Sums } from "../../src/relay/ledger.ts";
import { http } from "../http.ts";
import { namespaceOf } from "./namespace-of.ts";

/** The sums that must add up, of each namespace and of all. */
export const ledger = http.createApp().get("/", async (c) => {
  const namespaces = await Promise.all(
    (await allRelays(c.env)).map(async ({ name, relay }) => ({
      namespace: namespaceOf(name),
      ...(await relay.ledger()),
    })),
  );
  return c.json({ namespaces, total: sum(namespaces) });
});

function sum(ledgers: Sums[]): Sums {
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
