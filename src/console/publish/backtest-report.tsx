import {
  apartInWords,
  backtestNotes,
  uncomparedInWords,
  verdictOf,
  whyLeak,
} from "../../operations/backtest/backtest-in-words.ts";
import type { BacktestReport } from "../../operations/backtest/backtest-report.ts";
import type { Example, Tally } from "../../operations/backtest/backtest-summary.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { Notice } from "../notice.tsx";
import { PaceWarnings } from "./pace-warnings.tsx";

/** What a draft would have told whom, of the events that came: as far as they were looked at. */
export function BacktestReportShown(props: {
  report: BacktestReport;
  /** Whether the draft answers events of Slack's. */
  ofSlack: boolean;
  retentionDays: number;
  now: number;
}) {
  const { report, ofSlack, retentionDays, now } = props;
  const { summary, leaks, paces, dead, state } = report;
  const { events, posts, added, removed, faults, moved, apart } = summary;
  const storedSince = report.storedSince ?? new Date(report.since).toISOString();
  const counts = { events, posts, leaks, faults: faults.length, dead: dead.length };
  const notes = [
    ...(state === "running"
      ? []
      : backtestNotes({ since: report.since, storedSince, retentionDays, summary, ofSlack })),
    ...(posts.added + posts.removed === 0
      ? []
      : ["It is compared with what was posted then, also where rules were changed since."]),
    apartInWords(apart),
    uncomparedInWords(events),
  ].filter((note) => note !== "");
  return (
    <>
      <p>
        {counted(events.total, "event")} of the last {daysOf(now - report.since)}
        {report.until === null || state === "done" ? null : (
          <>
            , up to those of <Moment at={Date.parse(report.until)} now={now} />
          </>
        )}
        . Nothing was sent.
      </p>
      {state !== "running" && events.total > 0 ? (
        <p>
          <strong>{verdictOf(counts)}</strong>
        </p>
      ) : null}
      {leaks === 0 ? null : (
        <Notice
          said={{
            kind: "bad",
            text: `Confidential events would be told where they are not told now (${leaks}):`,
          }}
        >
          <ul>
            {summary.leaks.map((leak) => (
              <li>
                <ExampleLine example={leak} now={now} />: {whyLeak(leak)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {faults.length === 0 ? null : (
        <Notice said={{ kind: "bad", text: "To put right before this is published:" }}>
          <ul>
            {faults.map(({ said, where, events: count, example }) => (
              <li>
                {where === "" ? "" : `${where}: `}
                {said} (<a href={`/admin/events/${example}`}>{counted(count, "event")}</a>)
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <PaceWarnings paces={paces.filter(({ destination }) => isTold(destination, summary))} />
      <Examples title="Would be posted, and was not" of={added} count={posts.added} now={now} />
      <Examples title="Was posted, and would not be" of={removed} count={posts.removed} now={now} />
      {moved.map(({ destination, messages }) => (
        <p>
          {destination}: {counted(messages, "message")} would go somewhere else than now, for its
          address is another one.
        </p>
      ))}
      {dead.length === 0 ? null : (
        <p>
          In {theseDays(now - report.since)} nothing came that would go to these destinations,
          although rules name them: {dead.join(", ")}.
        </p>
      )}
      <Tallies tallies={summary.tallies} />
      {notes.map((note) => (
        <p class="soft small">{note}</p>
      ))}
    </>
  );
}

/** Whether the document has a part in what a destination gets. */
function isTold(name: string, { tallies }: BacktestReport["summary"]): boolean {
  return tallies.some(({ destination, would }) => destination === name && would > 0);
}

function daysOf(ms: number): string {
  const days = Math.max(1, Math.round(ms / 86_400_000));
  return days === 1 ? "day" : `${days} days`;
}

function theseDays(ms: number): string {
  const days = daysOf(ms);
  return days === "day" ? "this day" : `these ${days}`;
}

function Examples(props: { title: string; of: Example[]; count: number; now: number }) {
  const { title, of, count, now } = props;
  if (count === 0) return null;
  return (
    <section>
      <h4>
        {title} ({count})
      </h4>
      <ul>
        {of.map((example) => (
          <li>
            <ExampleLine example={example} now={now} />
          </li>
        ))}
        {count > of.length ? <li class="soft">and {count - of.length} more</li> : null}
      </ul>
    </section>
  );
}

function ExampleLine({ example, now }: { example: Example; now: number }) {
  const { event, at, type, title, project, confidential, destination, rule } = example;
  return (
    <>
      <a href={`/admin/events/${event}`}>{title ?? type}</a>
      {title === null ? "" : `, ${type}`}
      {project === null ? "" : ` in ${project}`}
      {confidential ? ", confidential," : ""} → {destination}
      {rule === null ? "" : ` by "${rule}"`}, <Moment at={Date.parse(at)} now={now} />
    </>
  );
}

type Sums = Pick<Tally, "destination" | "would" | "did" | "unsent" | "added" | "removed">;

/** The days of each destination together. */
function byDestination(tallies: Tally[]): Sums[] {
  return [...Map.groupBy(tallies, ({ destination }) => destination)].map(([destination, days]) => {
    const sum = (of: (day: Tally) => number): number =>
      days.reduce((total, day) => total + of(day), 0);
    return {
      destination,
      would: sum(({ would }) => would),
      did: sum(({ did }) => did),
      unsent: sum(({ unsent }) => unsent),
      added: sum(({ added }) => added),
      removed: sum(({ removed }) => removed),
    };
  });
}

function Tallies({ tallies }: { tallies: Tally[] }) {
  if (tallies.length === 0) return null;
  const rows = byDestination(tallies);
  const hasUnsent = rows.some(({ unsent }) => unsent > 0);
  return (
    <div class="table">
      <table class="stacked">
        <caption>How many messages, by destination</caption>
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col" class="number">
              Would post
            </th>
            <th scope="col" class="number">
              Did post
            </th>
            {hasUnsent ? (
              <th scope="col" class="number">
                Unsent
              </th>
            ) : null}
            <th scope="col" class="number">
              Difference
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{row.destination}</th>
              <td class="number" data-label="Would post">
                {row.would}
              </td>
              <td class="number" data-label="Did post">
                {row.did}
              </td>
              {hasUnsent ? (
                <td class="number" data-label="Unsent">
                  {row.unsent}
                </td>
              ) : null}
              <td class="number" data-label="Difference">
                {differenceInWords(row)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function differenceInWords({ added, removed }: Sums): string {
  const parts = [added === 0 ? "" : `+${added}`, removed === 0 ? "" : `−${removed}`];
  return parts.filter((part) => part !== "").join(" ") || "none";
}
