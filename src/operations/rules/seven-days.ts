import type { WeekActivity } from "../../relay/activity.ts";

/** What was delivered, and when the last time (milliseconds; null: nothing was). */
export type Sent = { delivered: number; lastAt: number | null };

/** What was delivered today and in the six days before, in all Relays. */
export type SevenDays = {
  ofRule: (mapping: string, rule: string) => Sent;
  ofDestination: (name: string) => Sent;
  /** Whether everything is counted yet. */
  complete: boolean;
};

const NOTHING: Sent = { delivered: 0, lastAt: null };

/** Puts together what the rules and destinations of all Relays have delivered. */
export function sevenDays(weeks: WeekActivity[]): SevenDays {
  const rules = new Map<string, Sent>();
  const destinations = new Map<string, Sent>();
  for (const week of weeks) {
    for (const { mapping, rule, ...sent } of week.rules) add(rules, nameOf(mapping, rule), sent);
    for (const { destination, ...sent } of week.destinations) add(destinations, destination, sent);
  }
  return {
    ofRule: (mapping, rule) => rules.get(nameOf(mapping, rule)) ?? NOTHING,
    ofDestination: (name) => destinations.get(name) ?? NOTHING,
    complete: weeks.every(({ complete }) => complete),
  };
}

function nameOf(mapping: string, rule: string): string {
  return JSON.stringify([mapping, rule]);
}

function add(all: Map<string, Sent>, name: string, { delivered, lastAt }: Sent): void {
  const known = all.get(name) ?? NOTHING;
  const times = [known.lastAt, lastAt].filter((at) => at !== null);
  all.set(name, {
    delivered: known.delivered + delivered,
    lastAt: times.length === 0 ? null : Math.max(...times),
  });
}
