import { destinationKey } from "../../mappings/destination-key.ts";
import { addressNamed } from "../../mappings/address.ts";
import { parseDestination } from "../../mappings/parse-document.ts";
import { limitOf } from "../../relay/pace.ts";
import { parseId } from "../../relay/ids.ts";
import { differenceOf } from "../../simulation/difference-of.ts";
import type { BacktestItem } from "../../simulation/with-exposures.ts";

const HOUR_MS = 3_600_000;

/**
 * How many messages a destination would get in an hour, of events in the order in which they came: `hour`
 * and `count` are the hour that is being counted, `most` and `mostAt` (ISO 8601, its beginning) the
 * fullest, `allowed` what its limit lets through in an hour, `beyond` how many hours had more than that.
 */
export type HourlyPace = {
  destination: string;
  hour: string;
  count: number;
  most: number;
  mostAt: string;
  allowed: number;
  beyond: number;
};

/** Counts further events: what a limit holds back, it holds back in each namespace by itself. */
export function countPace(
  paces: HourlyPace[],
  items: BacktestItem[],
  documents: { key: string; text: string }[],
): HourlyPace[] {
  const known = new Map(paces.map((pace) => [pace.destination, pace]));
  const texts = new Map(documents.map(({ key, text }) => [key, text]));
  for (const item of items) {
    const start = `${item.at.slice(0, 13)}:00:00.000Z`;
    const hour = `${parseId(item.id)?.relay ?? ""} ${start}`;
    for (const { destination } of differenceOf(item).would) {
      const before = known.get(destination);
      const allowed = before?.allowed ?? allowedPerHour(destination, texts);
      if (allowed === null) continue;
      const count = before?.hour === hour ? before.count + 1 : 1;
      const isMost = count > (before?.most ?? 0);
      known.set(destination, {
        destination,
        hour,
        count,
        most: isMost ? count : (before?.most ?? 0),
        mostAt: isMost ? start : (before?.mostAt ?? start),
        allowed,
        beyond: (before?.beyond ?? 0) + (count === allowed + 1 ? 1 : 0),
      });
    }
  }
  return [...known.values()];
}

/** Null: it has no limit, or is one person or thread of many. */
function allowedPerHour(destination: string, texts: ReadonlyMap<string, string>): number | null {
  if (addressNamed(destination) !== null) return null;
  const key = destinationKey(destination);
  const text = texts.get(key);
  const read = text === undefined ? null : parseDestination(key, text);
  const limit = read?.ok === true ? limitOf(read.value) : null;
  return limit === null ? null : (limit.count * HOUR_MS) / limit.windowMs;
}
