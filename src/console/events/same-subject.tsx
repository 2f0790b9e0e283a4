import type { PlacedEvent } from "../../operations/events/events.ts";
import { typesInWords } from "../../words/type-in-words.ts";
import { Moment } from "../moment.tsx";
import { EventStateMark } from "./event-state.tsx";

type SameSubjectProps = {
  items: PlacedEvent[];
  /** The event whose page it is. */
  id: string;
  /** The list of all of them. */
  all: string | null;
  /** In milliseconds. */
  now: number;
};

/** What else happened to the same issue, epic or merge request. */
export function SameSubject({ items, id, all, now }: SameSubjectProps) {
  if (items.every((each) => each.id === id)) return <p class="soft">No other is stored.</p>;
  return (
    <>
      <ul class="verdicts">
        {items.map((each) => (
          <li>
            <EventStateMark state={each.state} />
            <span>
              {each.id === id ? (
                <b>{typesInWords(each.types)} (this one)</b>
              ) : (
                <a href={`/admin/events/${each.id}`}>{typesInWords(each.types)}</a>
              )}{" "}
              <span class="soft small">
                <Moment at={Date.parse(each.receivedAt)} now={now} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      {all === null ? null : (
        <p class="small">
          <a href={all}>All of them</a>
        </p>
      )}
    </>
  );
}
