import type { Publish } from "../../publishing/publish.ts";
import { viaInWords, whatOf, whyOf } from "../../publishing/publish-in-words.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";

/** Who published what, when and why, the newest first. */
export function HistoryList(props: {
  items: Publish[];
  /** Of one document alone; null: of all. */
  documentKey: string | null;
  /** Where older ones are; null: there are none. */
  older: string | null;
  now: number;
}) {
  const { items, documentKey, older, now } = props;
  return (
    <>
      <form method="get" action="/admin/history" class="filters" role="search">
        <div class="field wide">
          <label for="history-key">Only of this document</label>
          <input
            id="history-key"
            name="key"
            value={documentKey ?? ""}
            placeholder="mapping/gitlab/… or destination/…"
          />
        </div>
        <button>Show</button>
        {documentKey === null ? null : <a href="/admin/history">All documents</a>}
      </form>
      {items.length === 0 ? (
        <p class="card empty">
          {documentKey === null
            ? "Nothing was published yet."
            : `Nothing was published of ${documentKey}.`}
        </p>
      ) : (
        <div class="table">
          <table class="stacked">
            <caption>
              {documentKey === null ? "What was published" : `What was published of ${documentKey}`}
            </caption>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Why</th>
                <th scope="col">Stored</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr>
                  <th scope="row">
                    <a href={`/admin/history/${item.id}`}>
                      <Moment at={Date.parse(item.at)} now={now} />
                    </a>
                  </th>
                  <td data-label="Who">
                    {item.by ?? "Somebody"}
                    <span class="soft small"> {viaInWords(item.via)}</span>
                  </td>
                  <td data-label="What">
                    {whatOf(item)}
                    {item.restores === null ? null : <span class="soft small"> (rolls back)</span>}
                  </td>
                  <td data-label="Why">{firstLine(whyOf(item))}</td>
                  <td data-label="Stored">
                    {item.written === item.total ? (
                      <StateMark tone="good">all</StateMark>
                    ) : (
                      <StateMark tone="waiting">{`${item.written} of ${item.total}`}</StateMark>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {older === null ? null : (
        <nav class="pager" aria-label="Older">
          <a href={older} rel="next">
            Older
          </a>
        </nav>
      )}
    </>
  );
}

function firstLine(text: string): string {
  const [first = "", ...more] = text.split("\n");
  return more.length === 0 ? first : `${first} …`;
}
