import type { FailedItem, FailedFilter } from "../../relay/list-failed.ts";
import { targetAlone } from "../../mappings/address.ts";
import { typesInWords } from "../../words/type-in-words.ts";
import { Moment } from "../moment.tsx";
import { FAILED, listHref } from "./failed-href.ts";
import { documentAt } from "../publish/document-link.tsx";
import { RetryForm } from "./retry-form.tsx";

/** Failed messages of one destination and one cause, the oldest first, with what helps each. */
export function FailedList(props: {
  which: FailedFilter;
  items: FailedItem[];
  next: string | null;
  mayChange: boolean;
  now: number;
}) {
  const { which, items, next, mayChange, now } = props;
  const what = which.destination === "" ? "Events that could not be decided" : "Messages";
  if (items.length === 0 && next === null) {
    return <p class="soft">None of them are left: they were sent again, or have been deleted.</p>;
  }
  return (
    <div class="stack">
      <div class="table">
        <table class="stacked">
          <caption>
            {what}
            {which.destination === "" ? "" : ` to ${targetAlone(which.destination)} that failed`},
            the oldest first
          </caption>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">Rule</th>
              <th scope="col">What was said</th>
              <th scope="col">Failed</th>
              {mayChange ? (
                <th scope="col">
                  <span class="unseen">What can be done</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr>
                <th scope="row">
                  <a href={`/admin/events/${item.event}`}>
                    {item.title ?? typesInWords([item.type])}
                  </a>
                  <div class="soft small">
                    {item.type}
                    {item.path === null ? "" : ` in ${item.path}`}
                  </div>
                </th>
                <td data-label="Rule">
                  <Rule item={item} />
                </td>
                <td data-label="Said">{item.said}</td>
                <td data-label="Failed">
                  <Moment at={item.failedAt} now={now} />
                </td>
                {mayChange ? (
                  <td>
                    <Mend item={item} destination={which.destination} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next === null ? null : (
        <p class="pager">
          <a href={listHref(which, next)}>More of them</a>
        </p>
      )}
    </div>
  );
}

function Rule({ item: { mapping, rule } }: { item: FailedItem }) {
  if (mapping === null || rule === null) return <span class="soft">none</span>;
  return <a href={documentAt(mapping, { rule })}>{rule}</a>;
}

function Mend({ item, destination }: { item: FailedItem; destination: string }) {
  switch (item.mend) {
    case "retry":
      return (
        <RetryForm meant={{ id: item.id }} back={FAILED}>
          Retry<span class="unseen"> {item.title ?? item.type}</span>
        </RetryForm>
      );
    case "replay":
      return (
        <form method="post" action={`/admin/events/${item.event}/replay`}>
          <input type="hidden" name="how" value="today" />
          {destination === "" ? null : <input type="hidden" name="to" value={destination} />}
          <input type="hidden" name="back" value={FAILED} />
          <button>
            Replay<span class="unseen"> {item.title ?? item.type}</span>
          </button>
        </form>
      );
    case "none":
      return null;
  }
}
