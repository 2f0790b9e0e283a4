import type { ActivityHour } from "../../relay/activity.ts";
import { addLatencies } from "../../relay/latencies.ts";

const HOUR_MS = 3_600_000;

/** The last `count` hours of all Relays, oldest first, the one that is not over included; quiet hours are zeros. */
export function hoursTogether(all: ActivityHour[], count: number, now: number): ActivityHour[] {
  const current = Math.floor(now / HOUR_MS) * HOUR_MS;
  const byHour = Map.groupBy(all, ({ hour }) => hour);
  return Array.from({ length: count }, (_, index) => {
    const hour = current - (count - 1 - index) * HOUR_MS;
    return together(hour, byHour.get(hour) ?? []);
  });
}

/** Several hours in one. */
export function together(hour: number, hours: ActivityHour[]): ActivityHour {
  const add = (of: (each: ActivityHour) => number): number =>
    hours.reduce((total, each) => total + of(each), 0);
  const latency = {};
  for (const each of hours) addLatencies(latency, each.latency);
  return {
    hour,
    received: add(({ received }) => received),
    delivered: add(({ delivered }) => delivered),
    filtered: add(({ filtered }) => filtered),
    pending: add(({ pending }) => pending),
    failed: add(({ failed }) => failed),
    unreadable: add(({ unreadable }) => unreadable),
    deliveries: {
      delivered: add(({ deliveries }) => deliveries.delivered),
      failed: add(({ deliveries }) => deliveries.failed),
    },
    latency,
  };
}
