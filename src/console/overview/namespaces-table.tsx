import type { NamespaceOverview } from "../../operations/overview/overview.ts";
import { bigNumber } from "../../words/big-number.ts";
import { Moment } from "../moment.tsx";
import type { OverviewProps } from "./overview-page.tsx";

const MOST = 20;

/** Each namespace by itself, the busiest first, where there are several. */
export function NamespacesTable({ overview, now }: OverviewProps) {
  const { namespaces } = overview;
  if (namespaces.length < 2) return null;
  const left = namespaces.length - MOST;
  return (
    <div class="table">
      <table class="stacked">
        <caption>
          By top-level group: the last 24 hours
          {left > 0 ? `, of the ${MOST} busiest (there are ${bigNumber(left)} more)` : ""}
        </caption>
        <thead>
          <tr>
            <th scope="col">Namespace</th>
            <th scope="col" class="number">
              Events
            </th>
            <th scope="col" class="number">
              Messages posted
            </th>
            <th scope="col" class="number">
              Failed
            </th>
            <th scope="col" class="number">
              Waiting now
            </th>
            <th scope="col">Last event</th>
          </tr>
        </thead>
        <tbody>
          {namespaces.slice(0, MOST).map((each) => (
            <Row {...each} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ namespace, day, pending, lastEventAt, now }: NamespaceOverview & { now: number }) {
  return (
    <tr>
      <th scope="row">{namespace === "-" ? "no path" : namespace}</th>
      <td class="number" data-label="Events">
        {bigNumber(day.received)}
      </td>
      <td class="number" data-label="Messages posted">
        {bigNumber(day.deliveries.delivered)}
      </td>
      <td class="number" data-label="Failed">
        {bigNumber(day.deliveries.failed)}
      </td>
      <td class="number" data-label="Waiting now">
        {bigNumber(pending)}
      </td>
      <td data-label="Last event">
        {lastEventAt === null ? "none is stored" : <Moment at={lastEventAt} now={now} />}
      </td>
    </tr>
  );
}
