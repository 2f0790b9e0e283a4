import type { ProblemItem } from "../../operations/overview/problems.ts";
import { NO_MAPPING, whyPosted } from "../../operations/events/why-posted.ts";
import type { ShownEvent } from "../../relay/show-event.ts";
import type { Names } from "../../slack-look/render-mrkdwn.ts";
import { lookAgain } from "../look-again.ts";
import { newDocumentAt } from "../publish/document-link.tsx";
import { DeliveryCard } from "./delivery-card.tsx";
import { EventFacts } from "./event-facts.tsx";
import { EventStateMark } from "./event-state.tsx";
import { ReplayLinks } from "./replay-links.tsx";
import { RulesAsked } from "./rules-asked.tsx";

/** An event with what the page besides needs to know of it. */
export type EventOutcomeProps = {
  event: ShownEvent;
  problems: ProblemItem[];
  /** What Slack's ids are called. */
  names: Names;
  /** In milliseconds. */
  now: number;
  mayChange: boolean;
  /** The channel of this person's last test; null: none is known. */
  tested: string | null;
};

/**
 * What became of an event, why, and what was sent. While something of it waits, the page asks for it
 * again, and is answered once something has changed.
 */
export function EventOutcome({
  event,
  problems,
  names,
  now,
  mayChange,
  tested,
}: EventOutcomeProps) {
  const { id, state, deliveries } = event;
  const seen = new URLSearchParams({
    seen: outcomeTag(event),
    ...(tested === null ? {} : { test: tested }),
  }).toString();
  return (
    <div
      id="outcome"
      class="stack"
      {...(state === "pending" || deliveries.some((each) => each.state === "pending")
        ? {
            "hx-get": `/admin/events/${id}/outcome?${seen}`,
            ...lookAgain("event that waits"),
            "hx-swap": "outerHTML",
          }
        : {})}
    >
      <section class="card" aria-labelledby="why">
        <div class="row">
          <h2 id="why">Why, or why not</h2>
          <EventStateMark state={state} />
        </div>
        {whyPosted(event, problems).map((sentence) => (
          <p>{sentence}</p>
        ))}
        {mayChange ? <WriteMapping event={event} /> : null}
        {mayChange ? <ReplayLinks event={event} tested={tested} /> : null}
      </section>
      <section class="card" aria-label="The event">
        <EventFacts event={event} now={now} />
      </section>
      {deliveries.length === 0 ? null : (
        <section class="stack" aria-labelledby="deliveries">
          <h2 id="deliveries">Deliveries</h2>
          {deliveries.map((delivery) => (
            <DeliveryCard
              event={id}
              {...{ delivery, names, now, mayChange }}
              back={`/admin/events/${id}`}
            />
          ))}
        </section>
      )}
      <RulesAsked {...{ event, problems, now }} />
    </div>
  );
}

/** To where rules for its project are begun, while there are none. */
function WriteMapping({ event: { id, project, reason } }: { event: ShownEvent }) {
  if (reason !== NO_MAPPING) return null;
  return (
    <p>
      <a href={newDocumentAt("mapping", `mapping/gitlab/${project ?? "*"}`, { event: id })}>
        Write a mapping for {project ?? "everything"}
      </a>
    </p>
  );
}

/** Differs whenever something else is to be shown. */
export function outcomeTag({ state, reason, deliveries }: ShownEvent): string {
  const each = deliveries.map((delivery) => `${delivery.state} ${delivery.attempts.length}`);
  return [state, reason ?? "", ...each].join(",");
}
