import { counted } from "../../words/counted.ts";
import { lookAgain } from "../look-again.ts";
import { eventsAt, type EventsAsked } from "./events-asked.ts";

/** More are not counted: whoever comes back after a while looks at the list anew. */
const MOST_COUNTED = 50;

type WatchProps = {
  asked: EventsAsked;
  /** Up to which event (`seq`) newer ones were looked for. */
  looked: number;
  /** How many newer ones there are that the page does not show. */
  count: number;
};

/**
 * Asks for newer events again and again, and for the rows of the list of which something waits. It is
 * a form that nobody sees and nobody sends.
 */
export function Watch({ asked, looked, count }: WatchProps) {
  const { q, project, type, state, to, since } = asked;
  const fields = { q, project, type, state, to, since, looked, count };
  // Until then nobody has come back.
  const isOver = count > MOST_COUNTED;
  return (
    <form
      id="watch"
      hidden
      action="/admin/events"
      {...(isOver
        ? {}
        : {
            "hx-get": "/admin/events/newer",
            ...lookAgain("events"),
            "hx-include": "#list",
            "hx-swap": "outerHTML",
          })}
    >
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
    </form>
  );
}

/** That there are newer events than the list shows, and the way to them. */
export function NewerEvents({ asked, count }: Pick<WatchProps, "asked" | "count">) {
  if (count === 0) return null;
  const at = eventsAt(asked, { before: "", live: "" });
  const many =
    count > MOST_COUNTED ? `More than ${MOST_COUNTED} new events` : counted(count, "new event");
  return (
    <a
      class="button main"
      href={at}
      hx-get={at}
      hx-target="#list"
      hx-select="#list"
      hx-select-oob="#newer"
      hx-swap="outerHTML"
    >
      {many}: show {count === 1 ? "it" : "them"}
    </a>
  );
}
