import type { Backtested, DidSend } from "./backtest.ts";

/** What would be posted of an event, what was, and where the two differ. Replays and alerts are neither. */
export type Difference<Would> = {
  would: Would[];
  did: DidSend[];
  /** Would be posted, and was not. */
  added: Would[];
  /** Was posted, and would not be. */
  removed: DidSend[];
};

/**
 * Compares, destination by destination, who is told of an event; not what is said. What is still on its
 * way, or failed on it, counts as posted: the rules wanted it. An event that was not routed then is
 * not compared.
 */
export function differenceOf<Would extends Backtested["would"][number]>(
  item: Omit<Backtested, "would"> & { would: Would[] },
): Difference<Would> {
  const would = item.would.filter(({ state }) => state === "pending");
  const did = item.did.filter(wasPosted);
  if (item.state !== "routed") return { would: [], did: [], added: [], removed: [] };
  const [wanted, reached] = [namesOf(would), namesOf(did)];
  return {
    would,
    did,
    added: would.filter(({ destination }) => !reached.has(destination)),
    removed: did.filter(({ destination }) => !wanted.has(destination)),
  };
}

/** What Causeway says without a rule (alerts, "Why this message?") no rule would say. */
function wasPosted({ role, mapping, state }: DidSend): boolean {
  if (role !== "rule" || mapping === null) return false;
  return state === "delivered" || state === "pending" || state === "failed";
}

function namesOf(sent: { destination: string }[]): Set<string> {
  return new Set(sent.map(({ destination }) => destination));
}
