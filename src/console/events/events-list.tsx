import type { PlacedEvent } from "../../operations/events/events.ts";
import { arrivedAt } from "../../relay/events.ts";
import { Moment } from "../moment.tsx";
import { EventRow } from "./event-row.tsx";
import { eventsAt, isNarrowed, type EventsAsked } from "./events-asked.ts";
import { Watch } from "./newer-events.tsx";
import { whyNone } from "./why-none.ts";

/** A page of events, and how it was asked for. */
export type EventsListProps = {
  asked: EventsAsked;
  items: PlacedEvent[];
  /** Where to go on, null at the end. */
  next: string | null;
  /** Up to which event (`seq`) the list knows all. */
  looked: number;
  /** Whether what it shows is looked for again, because an event may belong here late. */
  late: boolean;
  /** How the search was understood, where that is not plain; null: it is. */
  understood: string | null;
  /** In milliseconds. */
  now: number;
};

/** The newest events that were asked for; on the first page newer ones are watched for. */
export function EventsList(props: EventsListProps) {
  const { asked, items, next, looked, late, understood, now } = props;
  const isFirst = asked.before === "";
  return (
    <section id="list" class="stack" aria-label="Events">
      {isFirst && asked.live === "" ? <Watch asked={asked} looked={looked} count={0} /> : null}
      {isFirst && late ? (
        <input type="hidden" name="shown" value={items.map(({ seq }) => seq).join(" ")} />
      ) : null}
      {understood === null ? null : <p class="soft small">{understood}</p>}
      {items.length === 0 ? (
        <div class="card empty">{nothing(asked, next, now)}</div>
      ) : (
        <div class="table">
          <table class="stacked">
            <caption class="unseen">Events, the newest first</caption>
            <thead>
              <tr>
                <th scope="col">Received</th>
                <th scope="col">What</th>
                <th scope="col">Project</th>
                <th scope="col">State</th>
                <th scope="col">To</th>
              </tr>
            </thead>
            <tbody>
              {items.map((event) => (
                <EventRow event={event} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <nav class="pager" aria-label="More events">
        {isFirst ? (
          <Live asked={asked} />
        ) : (
          <a href={eventsAt(asked, { before: "" })}>To the newest</a>
        )}
        {next === null ? (
          <span class="soft small">{items.length === 0 ? "" : "These are all."}</span>
        ) : (
          <a rel="next" href={eventsAt(asked, { before: next })}>
            {items.length === 0 ? "Look further back" : "Older events"}
          </a>
        )}
      </nav>
    </section>
  );
}

function Live({ asked }: { asked: EventsAsked }) {
  return asked.live === "" ? (
    <span class="small soft">
      New events appear as they come. <a href={eventsAt(asked, { live: "off" })}>Stop that</a>
    </span>
  ) : (
    <span class="small soft">
      The list stays as it is. <a href={eventsAt(asked, { live: "" })}>Look for new events</a>
    </span>
  );
}

function nothing(asked: EventsAsked, next: string | null, now: number) {
  if (next !== null) {
    return (
      <p>
        Nothing like that among the events since <Moment at={arrivedAt(Number(next))} now={now} />.
        What is older has not been looked at yet.
      </p>
    );
  }
  if (asked.before !== "") return <p>There is nothing older.</p>;
  return isNarrowed(asked) ? (
    <p>{whyNone(asked)}</p>
  ) : (
    <p>Nothing was received yet. Point a webhook of GitLab's here, and its events appear.</p>
  );
}
