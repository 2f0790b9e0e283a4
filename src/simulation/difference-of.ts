import { isDiscarded } from "../relay/discarded.ts";
import type { Backtested, DidSend } from "./backtest.ts";

/** What would be posted of an event, what was, and where the two differ. Replays and alerts are neither. */
export type Difference<Would> = {
  would: Would[];
  did: DidSend[];
  /** The rules wanted it too, and it was discarded, failed, or still waits: that is no difference. */
  unsent: DidSend[];
  /** Would be posted, and no rule wanted it then. */
  added: Would[];
  /** Was posted, and would not be. */
  removed: DidSend[];
};

/**
 * Compares, destination by destination, who is told of an event; not what is said. An event that was not
 * routed then is not compared.
 */
export function differenceOf<Would extends Backtested["would"][number]>(
  item: Omit<Backtested, "would"> & { would: Would[] },
): Difference<Would> {
  if (item.state !== "routed") return { would: [], did: [], unsent: [], added: [], removed: [] };
  const would = item.would.filter(({ state }) => state === "pending");
  const ours = item.did.filter(saysRule);
  const did = ours.filter(({ state }) => state === "delivered");
  const unsent = ours.filter(isUnsent);
  const [then, now] = [namesOf([...did, ...unsent]), namesOf(would)];
  return {
    would,
    did,
    unsent,
    added: would.filter(({ destination }) => !then.has(destination)),
    removed: did.filter(({ destination }) => !now.has(destination)),
  };
}

/** What Causeway says without a rule (alerts, "Why this message?") no rule would say. */
function saysRule({ role, mapping }: DidSend): boolean {
  return role === "rule" && mapping !== null;
}

function isUnsent({ state, reason }: DidSend): boolean {
  return state === "pending" || state === "failed" || (state === "filtered" && isDiscarded(reason));
}

function namesOf(sent: { destination: string }[]): Set<string> {
  return new Set(sent.map(({ destination }) => destination));
}
