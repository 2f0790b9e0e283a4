import type { Child } from "hono/jsx";
import type { Overview } from "../../operations/overview/overview.ts";
import { lookAgain } from "../look-again.ts";
import { ActivityChart } from "./activity-chart.tsx";
import { DayFigures } from "./day-figures.tsx";
import { HoursTable } from "./hours-table.tsx";
import { LedgerSum } from "./ledger-sum.tsx";
import { NamespacesTable } from "./namespaces-table.tsx";
import { NeedList } from "./need-list.tsx";
import { howItIs } from "./how-it-is.ts";
import { Welcome } from "./welcome.tsx";

/** What the page and its parts are made from. Times are milliseconds. */
export type OverviewProps = {
  overview: Overview;
  /** The Slack channels (by id) of destinations, and what channels are called, as far as that is known. */
  channels: Map<string, string>;
  names: Map<string, string>;
  /** How many webhooks GitLab does not send to, as far as it was asked. */
  disabledHooks: number;
  mayChange: boolean;
  now: number;
};

/** Whether everything is well, and what to do where it is not. */
export function OverviewPage(props: OverviewProps) {
  const { overview, disabledHooks } = props;
  const isNew = overview.lastEventAt === null;
  return (
    <div class="stack overview">
      <p id="how-it-is" class="how-it-is" aria-live="polite">
        {howItIs(overview, disabledHooks)}
      </p>
      <Again {...props} />
      <div id="needs" class="stack">
        <NeedList {...props} />
      </div>
      {isNew ? (
        <Welcome />
      ) : (
        <>
          <Hooks />
          <div id="day-figures">
            <DayFigures {...props} />
          </div>
          <section class="card" aria-labelledby="by-hour">
            <h2 id="by-hour">Hour by hour</h2>
            <div id="activity-chart">
              <ActivityChart hours={overview.hours} />
            </div>
            <details>
              <summary>The same as a table</summary>
              <div id="hours-table" class="table">
                <HoursTable hours={overview.hours} />
              </div>
            </details>
          </section>
          <div id="namespaces">
            <NamespacesTable {...props} />
          </div>
          <div id="ledger">
            <LedgerSum {...props} />
          </div>
        </>
      )}
    </div>
  );
}

/** GitLab may take its time to say how it is with its webhooks. */
function Hooks() {
  return (
    <section class="card" aria-labelledby="gitlab-hooks">
      <h2 id="gitlab-hooks">GitLab's webhooks</h2>
      <div class="stack" aria-live="polite" hx-get="/admin/hooks/summary" hx-trigger="load">
        <p class="soft">GitLab is being asked …</p>
      </div>
    </section>
  );
}

/**
 * The parts of the page that change, to be put where they stand. `said`: what the page says of how it is;
 * it is left alone where it would say the same, so that nobody is read the same again.
 */
export function OverviewParts(props: OverviewProps & { said: string }) {
  const { overview, disabledHooks, said } = props;
  const isNew = overview.lastEventAt === null;
  const says = howItIs(overview, disabledHooks);
  return (
    <>
      <Again {...props} />
      {says === said ? null : <Part id="how-it-is">{says}</Part>}
      <Part id="needs">
        <NeedList {...props} />
      </Part>
      {isNew ? null : (
        <>
          <Part id="day-figures">
            <DayFigures {...props} />
          </Part>
          <Part id="activity-chart">
            <ActivityChart hours={overview.hours} />
          </Part>
          <Part id="hours-table">
            <HoursTable hours={overview.hours} />
          </Part>
          <Part id="namespaces">
            <NamespacesTable {...props} />
          </Part>
          <Part id="ledger">
            <LedgerSum {...props} />
          </Part>
        </>
      )}
    </>
  );
}

function Part({ id, children }: { id: string; children: Child }) {
  return (
    <div id={id} hx-swap-oob="innerHTML">
      {children}
    </div>
  );
}

/** When the figures are of, and what asks for newer ones: soon, while they are still being counted. */
function Again({ overview, disabledHooks, now }: OverviewProps) {
  const query = new URLSearchParams({
    said: howItIs(overview, disabledHooks),
    seen: overviewTag(overview),
  });
  if (overview.lastEventAt === null) query.set("new", "yes");
  const at = new Date(now).toISOString();
  return (
    <p
      id="again"
      class="soft small"
      hx-get={`/admin/overview?${query.toString()}`}
      {...lookAgain(overview.complete ? "overview" : "overview that is counted")}
      hx-trigger="look-again, hooks-disabled from:body"
      hx-include="#disabled-hooks"
      hx-swap="outerHTML"
    >
      As of <time datetime={at}>{at.slice(11, 19)} UTC</time>. The page looks again by itself.
      {overview.complete ? null : " The figures of the last day are still being counted."}
    </p>
  );
}

/** Differs whenever something has happened. */
export function overviewTag({ lastEventAt, ledger, complete, needs }: Overview): string {
  const { urgent, notes } = needs;
  return JSON.stringify([lastEventAt, ledger, complete, urgent.length, notes.length]);
}
