import type { Source } from "../mappings/mapping-keys.ts";

/** A Relay that keeps the names of all Relays, because Durable Objects cannot be listed. */
export const DIRECTORY = "directory";

/** A Relay that publishes documents, one publish after the other. It has no events either. */
export const PUBLISHER = "publisher";

const SLACK = "slack/";

/** Whose events a Relay holds. */
export function sourceOf(relay: string): Source {
  return relay.startsWith(SLACK) ? "slack" : "gitlab";
}

/** The Relay that holds the events of a Slack workspace; `-` where Slack names none. */
export function slackRelayName(team: string | null): string {
  return `${SLACK}${team ?? "-"}`;
}
