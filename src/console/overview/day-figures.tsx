import { bigNumber } from "../../words/big-number.ts";
import { spanInWords } from "../../words/span-in-words.ts";
import { Moment } from "../moment.tsx";
import type { OverviewProps } from "./overview-page.tsx";

/** The last 24 hours in figures, and how quick it was. */
export function DayFigures({ overview, now }: OverviewProps) {
  const { day, latency, lastEventAt } = overview;
  const { delivered, failed } = day.deliveries;
  return (
    <section class="card" aria-labelledby="last-day">
      <h2 id="last-day">The last 24 hours</h2>
      <dl class="figures">
        <Figure name="Events came" count={day.received} href="/admin/events" />
        <Figure name="Messages posted" count={delivered} />
        <Figure
          name="Events no rule wanted"
          count={day.filtered}
          href="/admin/events?state=filtered"
        />
        <Figure name="Messages failed" count={failed} href="/admin/failed" />
        <Figure
          name="Events still pending"
          count={day.pending}
          href="/admin/events?state=pending"
        />
      </dl>
      <p>
        {latency === null
          ? "No rule has posted anything in this time."
          : `Half of all messages were in Slack ${spanInWords(latency.half)} after GitLab called, 99 % within ${spanInWords(latency.most)}.`}{" "}
        {latency === null ? null : (
          <span class="soft">
            That is of {bigNumber(latency.count)}, with the time for which they waited for their
            pace or for a pause to end.
          </span>
        )}
      </p>
      {lastEventAt === null ? null : (
        <p class="soft">
          The last event came <Moment at={lastEventAt} now={now} />.
        </p>
      )}
    </section>
  );
}

function Figure({ name, count, href }: { name: string; count: number; href?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {href === undefined || count === 0 ? (
          bigNumber(count)
        ) : (
          <a href={href}>{bigNumber(count)}</a>
        )}
      </dd>
    </div>
  );
}
