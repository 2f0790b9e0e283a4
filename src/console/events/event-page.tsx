import { subjectOfUrl } from "../../gitlab/subject-of-url.ts";
import type { ShownEvent } from "../../relay/show-event.ts";
import { EventOutcome, type EventOutcomeProps } from "./event-outcome.tsx";
import { EventPayload } from "./event-payload.tsx";

/** One event: what became of it and why, each rule and delivery, what was sent here, and what else there was. */
export function EventPage(props: EventOutcomeProps) {
  const { event, mayChange } = props;
  return (
    <>
      <p id="state-said" class="unseen" role="status" />
      <EventOutcome {...props} />
      <AboutTheSame event={event} />
      <EventPayload event={event} mayChange={mayChange} />
    </>
  );
}

/** Looking for others takes a while in a long history: the page does not wait for it. */
function AboutTheSame({ event: { id, url } }: { event: ShownEvent }) {
  if (url === null || subjectOfUrl(url) === null) return null;
  const others = new URLSearchParams({ q: url }).toString();
  return (
    <section class="card" aria-labelledby="same">
      <h2 id="same">Events about the same</h2>
      <div hx-get={`/admin/events/${id}/same`} hx-trigger="load">
        <p>
          <a href={`/admin/events?${others}`}>Look for them</a>
        </p>
      </div>
    </section>
  );
}
