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
          name="Events posted nowhere"
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
        {latency === null ? "No rule has posted anything in this time." : inTime(latency)}{" "}
        {latency === null ? null : (
          <span class="soft">
            Waiting for their turn or for the end of a pause is counted; replays and tests are not.
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

/** How quick messages of rules were: so few are told one by one. */
function inTime({ half, most, count }: NonNullable<OverviewProps["overview"]["latency"]>): string {
  if (count === 1) {
    return `The one message that a rule sent was in Slack ${spanInWords(half)} after GitLab's request.`;
  }
  return `Of ${bigNumber(count)} messages that rules sent, half were in Slack within ${spanInWords(half)} of GitLab's request, and nearly all (99 %) within ${spanInWords(most)}.`;
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
