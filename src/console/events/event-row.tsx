import type { PlacedEvent } from "../../operations/events/events.ts";
import { destinationName } from "../../operations/events/why-posted.ts";
import { oneLine } from "../../words/one-line.ts";
import { typesInWords } from "../../words/type-in-words.ts";
import { Moment } from "../moment.tsx";
import { EventStateMark } from "./event-state.tsx";

type EventRowProps = {
  event: PlacedEvent;
  /** In milliseconds. */
  now: number;
  /** Whether it takes the place of the row that the page has. */
  instead?: boolean;
};

/** An event in the list. While something of it waits, the page asks for the row again. */
export function EventRow({ event, now, instead = false }: EventRowProps) {
  const { id, types, state, reason, receivedAt, project, title } = event;
  const said = typesInWords(types);
  return (
    <tr id={`event-${id}`} {...(instead ? { "hx-swap-oob": "true" } : {})}>
      <td class="when" data-label="Received">
        <Moment at={Date.parse(receivedAt)} now={now} />
      </td>
      <th scope="row">
        <a id={`to-${id}`} href={`/admin/events/${id}`}>
          {title === null || title === "" ? said : oneLine(title, 120)}
        </a>
        {title === null || title === "" ? null : <div class="soft small">{said}</div>}
      </th>
      <td data-label="Project">{project === null ? "none" : oneLine(project, 200)}</td>
      <td data-label="State">
        <EventStateMark state={state} />
        {state === "delivered" || reason === null ? null : (
          <div class="soft small">{oneLine(reason, 90)}</div>
        )}
        {state === "pending" ? (
          <input type="hidden" name="waiting" value={`${id} ${event.seq}`} />
        ) : null}
      </td>
      <td data-label="To">
        <Destinations deliveries={event.deliveries} state={state} />
      </td>
    </tr>
  );
}

function Destinations({ deliveries, state }: Pick<PlacedEvent, "deliveries" | "state">) {
  if (deliveries.length === 0) return <span class="soft">nowhere</span>;
  const names = [...new Set(deliveries.map(destinationName))];
  return (
    <ul class="plain-list">
      {names.map((name) => {
        const last = deliveries.findLast((each) => destinationName(each) === name);
        const differs = last !== undefined && last.state !== state;
        return (
          <li>
            {oneLine(name, 80)}
            {differs ? <span class="soft small"> ({last.state})</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
