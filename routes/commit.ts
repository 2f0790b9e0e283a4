import type { Env } from "../src/env.ts";
import type { Incoming } from "../src/relay/incoming.ts";
import type { Receipt } from "../src/relay/relay.ts";

const COMMIT_TRIES = 3;

/**
 * Hands an event to its Relay; throws when it could not be committed. A deploy or a move of the object
 * ends a call under way, so it is tried again with a new stub: GitLab would not send it again.
 */
export async function commit(
  relays: Env["RELAY"],
  relay: string,
  incoming: Incoming,
): Promise<Receipt> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await relays.getByName(relay).accept(incoming, tries > 1);
    } catch (error) {
      if (tries === COMMIT_TRIES) throw error;
    }
  }
}
