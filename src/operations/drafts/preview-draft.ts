import { DESTINATIONS, destinationKey } from "../../mappings/destination-key.ts";
import { mappingKeys } from "../../mappings/mapping-keys.ts";
import { blockKitBuilder } from "../../simulation/block-kit-builder.ts";
import { draftConfiguration, type DraftDocument } from "../../simulation/draft-configuration.ts";
import { eventInBrief, type EventInBrief } from "../../simulation/event-in-brief.ts";
import type { Happening } from "../../simulation/read-happening.ts";
import {
  simulateEvent,
  type SimulatedDelivery,
  type Simulation,
} from "../../simulation/simulate-event.ts";

/** What would come of an event if a draft were published. */
export type Preview = Omit<Simulation, "deliveries"> & {
  event: EventInBrief;
  notes: string[];
  /** What the draft has to do with it: it is a mapping that does not apply, or a destination that no rule uses. */
  aside: string | null;
  deliveries: (SimulatedDelivery & { blockKitBuilder: string | null })[];
  /** The GitLab username of a Slack member id, if a document knows it. */
  nameOf: (id: string) => string | undefined;
};

/**
 * Says what every rule makes of an event, and what would be sent, with the draft in place of the
 * published document of its key and all others as they are. Nothing is sent, stored or asked.
 */
export function previewDraft(
  { event, payload, notes }: Happening,
  published: { key: string; text: string }[],
  draft: DraftDocument,
): Preview {
  const others = published.filter(({ key }) => key !== draft.key);
  const configuration = draftConfiguration([...others, draft]);
  const simulation = simulateEvent(event, payload, configuration);
  const deliveries = simulation.deliveries
    .filter(({ destination }) => concerns(draft.key, destination))
    .map((delivery) => ({ ...delivery, blockKitBuilder: blockKitBuilder(delivery.content) }));
  return {
    ...simulation,
    event: eventInBrief(event),
    notes,
    aside: asideOf(
      draft.key,
      event.details.of === "slack" ? "slack" : "gitlab",
      event.path,
      simulation,
    ),
    deliveries,
    nameOf: (id) => configuration.peopleIndex.gitlabOf(id) ?? undefined,
  };
}

/** Of a destination's draft only what goes there is shown. */
function concerns(key: string, destination: string): boolean {
  return !key.startsWith(DESTINATIONS) || key === destinationKey(destination);
}

function asideOf(
  key: string,
  source: "gitlab" | "slack",
  path: string | null,
  { waits, rules, deliveries }: Simulation,
): string | null {
  const [family = "", ...rest] = key.split("/");
  if (family === "mapping" && !mappingKeys(source, path).includes(key)) {
    return `${key} is not about this event, which happened in ${path ?? "no project or group"}: choose another event.`;
  }
  if (family === "mapping" && !waits && rules.every(({ mapping }) => mapping !== key)) {
    return `No rule of ${key} was looked at: a mapping nearer to the event says inherit: false, or this one has no rules.`;
  }
  const isUsed = deliveries.some(({ destination }) => key === destinationKey(destination));
  return family === "destination" && !isUsed
    ? `Nothing of this event goes to ${rest.join("/")}: choose another event.`
    : null;
}
