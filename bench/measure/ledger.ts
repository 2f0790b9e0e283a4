import type { Server } from "../processes/start-workerd.ts";

import { ADMIN_TOKEN } from "../causeway/target.ts";

/** The sums that must add up, as `GET /admin/api/ledger` gives them. */
export type Ledger = {
  received: number;
  delivered: number;
  filtered: number;
  duplicate: number;
  pending: number;
  failed: number;
  unreadable: number;
};

/** Causeway's own account of what it was given. */
export async function readLedger(server: Server): Promise<Ledger> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/admin/api/ledger`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  if (!answer.ok) throw new Error(`GET /admin/api/ledger answered ${answer.status}.`);
  return ((await answer.json()) as { total: Ledger }).total;
}

/** One sentence for each sum that is not what was sent. */
export function ledgerProblems(
  ledger: Ledger,
  sent: { delivered: number; filtered: number; duplicate: number },
): string[] {
  const expected: Ledger = {
    received: sent.delivered + sent.filtered + sent.duplicate,
    delivered: sent.delivered,
    filtered: sent.filtered,
    duplicate: sent.duplicate,
    pending: 0,
    failed: 0,
    unreadable: 0,
  };
  return (Object.keys(expected) as (keyof Ledger)[])
    .filter((sum) => ledger[sum] !== expected[sum])
    .map((sum) => `The ledger says ${sum} ${ledger[sum]}; it should be ${expected[sum]}.`);
}
