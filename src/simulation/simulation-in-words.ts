import type { Place } from "./place-of.ts";
import type { SimulatedDelivery } from "./simulate-event.ts";

/**
 * Where a message goes: `channel C0123456789`, `workflow, secret:TRIGGER_URL`. `named` says what a channel
 * is called, without `#`, where that is known.
 */
export function placeInWords(
  { type, channel: id, user, project, secret }: Place,
  named: (channel: string) => string | undefined = () => undefined,
): string {
  const name = id === null ? undefined : named(id);
  const channel = name === undefined ? id : `#${name}`;
  switch (type) {
    case "channel":
      return `channel ${channel}`;
    case "workflow":
    case "webhook": {
      const what = type === "workflow" ? "workflow" : "incoming webhook";
      return [what, secret, channel === null ? null : `posts in ${channel}`]
        .filter((part) => part !== null)
        .join(", ");
    }
    case "thread":
      return "in the message's thread";
    case "ephemeral":
      return `only ${user} sees it`;
    case "dm":
      return `a direct message to ${user}`;
    case "gitlab_issue":
      return `an issue in ${project}`;
  }
}

/** Why a delivery is not simply sent, to stand behind a colon; null: it is. */
export function outcomeInWords(outcome: SimulatedDelivery["outcome"]): string | null {
  switch (outcome) {
    case "sent":
      return null;
    case "shadow":
      return "nothing, for the rule is in shadow mode. It would be:";
    case "confidential":
      return 'nothing. The event is confidential, and this destination has no "confidential: true".';
    case "waits":
      return "the message waits until that is put right.";
    case "nowhere":
      return "nothing.";
  }
}

/** Why nothing comes of an event, as a simulation has it, in a sentence; null: something does. */
export function nothingInWords(waits: boolean, reason: string | null): string | null {
  if (waits) return `Nothing is sent yet: the event waits. ${reason}`;
  return reason === null ? null : `Nothing would be sent: ${reason}.`;
}
