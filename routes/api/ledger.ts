import { sumOfLedgers } from "../../src/operations/overview/sum-of-ledgers.ts";
import { allRelays } from "../../src/relay/all-relays.ts";
import { http } from "../http.ts";
import { namespaceOf } from "../../src/relay/namespace-of.ts";
import type { LedgerAnswer } from "./openapi/ledger-answers.ts";

/** The sums that must add up, of each namespace and of all. */
export const ledger = http.createApp().get("/", async (c) => {
  const namespaces = await Promise.all(
    (await allRelays(c.env)).map(async ({ name, relay }) => ({
      namespace: namespaceOf(name),
      ...(await relay.ledger()),
    })),
  );
  return c.json({ namespaces, total: sumOfLedgers(namespaces) } satisfies LedgerAnswer);
});
