import { findRelay } from "../../src/relay/all-relays.ts";
import { parseId } from "../../src/relay/ids.ts";
import { problem } from "../http.ts";

type Bindings = Parameters<typeof findRelay>[0];

/** The Relay of an event's or a delivery's id; null: there is none. */
export async function findById(env: Bindings, id: string) {
  const reference = parseId(id);
  const relay = reference === null ? null : await findRelay(env, reference.relay);
  return reference === null || relay === null ? null : { ...reference, relay };
}

/** What is not stored (any more). */
export function notFound(c: Parameters<typeof problem>[0], what: "event" | "delivery"): Response {
  return problem(
    c,
    404,
    "not_found",
    `There is no such ${what}; finished events are deleted after RETENTION_DAYS.`,
  );
}
