import type { ActivityHour } from "../../relay/activity.ts";
import { bigNumber } from "../../words/big-number.ts";
import { hourInWords } from "./hour-in-words.ts";

/** The last hours as figures, the latest first. */
export function HoursTable({ hours }: { hours: ActivityHour[] }) {
  return (
    <table>
      <caption>
        Events by the hour in which they came, messages by the hour in which they ended (UTC)
      </caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <Head>Events</Head>
          <Head>Posted</Head>
          <Head>Filtered</Head>
          <Head>Pending</Head>
          <Head>Messages posted</Head>
          <Head>Messages failed</Head>
        </tr>
      </thead>
      <tbody>
        {hours.toReversed().map((each) => (
          <tr>
            <th scope="row">{hourInWords(each.hour)}</th>
            <Count>{each.received}</Count>
            <Count>{each.delivered}</Count>
            <Count>{each.filtered}</Count>
            <Count>{each.pending}</Count>
            <Count>{each.deliveries.delivered}</Count>
            <Count>{each.deliveries.failed}</Count>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" class="number">
      {children}
    </th>
  );
}

function Count({ children }: { children: number }) {
  return <td class="number">{bigNumber(children)}</td>;
}
