import type { Source } from "../mappings/mapping-keys.ts";

const SLACK = "slack/";

/** Whose events a Relay holds. */
export function sourceOf(relay: string): Source {
  return relay.startsWith(SLACK) ? "slack" : "gitlab";
}

/** The Relay that holds the events of a Slack workspace; `-` where Slack names none. */
export function slackRelayName(team: string | null): string {
  return `${SLACK}${team ?? "-"}`;
}
