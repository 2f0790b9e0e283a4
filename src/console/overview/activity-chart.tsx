import type { ActivityHour } from "../../relay/activity.ts";
import { bigNumber } from "../../words/big-number.ts";
import { hourInWords } from "./hour-in-words.ts";

/** Of the drawing: an hour's width and the height, in units that the page stretches. */
const WIDTH = 30;
const HEIGHT = 120;
const BAR = 12;
const GAP = 2;
/** An hour in which anything happened is seen. */
const LEAST = 2;

/** Events that came and messages that ended, hour by hour: two bars for each. */
export function ActivityChart({ hours }: { hours: ActivityHour[] }) {
  const most = Math.max(
    1,
    ...hours.flatMap(({ received, deliveries }) => [received, sum(deliveries)]),
  );
  const top = roundUp(most);
  return (
    <figure class="chart">
      <figcaption class="row small">
        <Key kind="came">events that came</Key>
        <Key kind="posted">messages posted</Key>
        <Key kind="lost">messages that failed</Key>
        <span class="soft">The highest column is {bigNumber(top)} in an hour.</span>
      </figcaption>
      <svg
        role="img"
        aria-label={inWords(hours)}
        viewBox={`0 0 ${WIDTH * hours.length} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {[0, 0.5, 1].map((part) => (
          <line
            class="scale"
            x1="0"
            x2={WIDTH * hours.length}
            y1={HEIGHT * part}
            y2={HEIGHT * part}
          />
        ))}
        {hours.map((hour, index) => (
          <Bars hour={hour} x={index * WIDTH} top={top} />
        ))}
      </svg>
      <div class="hours soft small" aria-hidden="true">
        {hours
          .filter((_, index) => index % 6 === 0)
          .map(({ hour }) => (
            <span>{hourInWords(hour)} UTC</span>
          ))}
      </div>
    </figure>
  );
}

function Bars({ hour, x, top }: { hour: ActivityHour; x: number; top: number }) {
  const { received, deliveries } = hour;
  const [came, posted, lost] = [received, deliveries.delivered, deliveries.failed].map((count) =>
    count === 0 ? 0 : Math.max(LEAST, (count / top) * HEIGHT),
  ) as [number, number, number];
  const second = x + GAP + BAR + GAP;
  return (
    <g>
      <title>
        {`${hourInWords(hour.hour)} UTC: ${bigNumber(received)} events, ${bigNumber(deliveries.delivered)} posted, ${bigNumber(deliveries.failed)} failed`}
      </title>
      <rect class="hour" x={x} y="0" width={WIDTH} height={HEIGHT} />
      <Bar kind="came" x={x + GAP} from={0} height={came} />
      <Bar kind="posted" x={second} from={0} height={posted} />
      <Bar kind="lost" x={second} from={posted} height={lost} />
    </g>
  );
}

function Bar(props: { kind: string; x: number; from: number; height: number }) {
  const { kind, x, from, height } = props;
  if (height === 0) return null;
  return (
    <rect
      class={kind}
      x={x}
      y={(HEIGHT - from - height).toFixed(1)}
      width={BAR}
      height={height.toFixed(1)}
    />
  );
}

function Key({ kind, children }: { kind: string; children: string }) {
  return (
    <span class="key">
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <rect class={kind} x="1" y="1" width="10" height="10" />
      </svg>
      {children}
    </span>
  );
}

/** What the drawing shows, for who does not see it. */
function inWords(hours: ActivityHour[]): string {
  const add = (of: (hour: ActivityHour) => number): number =>
    hours.reduce((total, hour) => total + of(hour), 0);
  const busiest = hours.reduce<ActivityHour | null>(
    (most, hour) => (hour.received > (most?.received ?? 0) ? hour : most),
    null,
  );
  const sums = `In ${hours.length} hours ${bigNumber(add(({ received }) => received))} events came, ${bigNumber(add(({ deliveries }) => deliveries.delivered))} messages were posted and ${bigNumber(add(({ deliveries }) => deliveries.failed))} failed.`;
  return busiest === null
    ? sums
    : `${sums} Most events came in the hour from ${hourInWords(busiest.hour)} UTC: ${bigNumber(busiest.received)}.`;
}

function sum({ delivered, failed }: ActivityHour["deliveries"]): number {
  return delivered + failed;
}

/** The next number that is easy to read and to halve. */
function roundUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(count));
  const step = [1, 2, 4, 6, 8, 10].find((each) => each * power >= count) ?? 10;
  return Math.max(2, step * power);
}
