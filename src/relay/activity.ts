import { countActivity } from "./count-activity.ts";
import { arrivedAt, seqAt } from "./events.ts";
import type { Latencies } from "./latencies.ts";
import type { EventState } from "./event-state.ts";
import { bothHours, dayOf, hourOf, isNothing, Tally, type HourTally, type Post } from "./tally.ts";

/** What figures are made of: `complete` says whether all events since `since` (milliseconds) are in them yet. */
type Counted = { since: number; complete: boolean };

/** An hour of a Relay. */
export type ActivityHour = {
  /** When it began (milliseconds, a whole hour of UTC). */
  hour: number;
  /** The events that came in it: the sum of the states. Duplicates are not among them. */
  received: number;
  /** What has become of those events until now. */
  delivered: number;
  filtered: number;
  pending: number;
  failed: number;
  unreadable: number;
  /** Deliveries that ended in this hour, alerts and replays included, whenever their events came. */
  deliveries: { delivered: number; failed: number };
  /** Milliseconds from GitLab's request to Slack's answer, of what rules delivered in this hour. */
  latency: Latencies;
};

/** What a Relay did in each of the last 48 hours, oldest first; hours in which nothing happened are left out. */
export type Activity = Counted & { hours: ActivityHour[] };

/** What one rule has brought to Slack: today and in the six days before (UTC). */
type RuleActivity = {
  /** The key of its mapping, such as `mapping/gitlab/acme`. */
  mapping: string;
  rule: string;
  delivered: number;
  failed: number;
  /** When it last delivered something (milliseconds); null: not in these days. */
  lastAt: number | null;
};

/**
 * The same of a destination, whoever sent there: alerts are included. Answers in Slack are under `thread`,
 * `ephemeral`, `dm` and `gitlab_issue`, wherever they went.
 */
type DestinationActivity = {
  destination: string;
  delivered: number;
  failed: number;
  lastAt: number | null;
};

/** What the rules of a Relay have done in 7 days: today and the six days before (UTC). */
export type WeekActivity = Counted & {
  rules: RuleActivity[];
  destinations: DestinationActivity[];
};

/** The events that are counted: those behind `since`, up to `upTo` (both `seq`); and the day of the last look. */
type Range = { since: number; upTo: number; lookedOn: number };

const DAY_MS = 24 * 3_600_000;
const HOURS_SHOWN = 48;
const DAYS_SHOWN = 7;
/** Kept a little longer than shown: figures that are corrected late. */
const HOURS_KEPT = 72;
const DAYS_KEPT = 9;
/** Events that one call counts, so that nothing else waits for it. */
const AT_ONCE = 4_000;

/**
 * The figures of a Relay's last days. They cost nothing until somebody looks: then what is settled is
 * counted, each event once, and from there on every change of a counted event corrects the figures in
 * its own transaction, as it corrects the ledger. What is not settled yet is counted at each look.
 * When nobody has looked for a week, counting stops, and begins anew with the next look.
 */
export class ActivityCounter {
  readonly #storage: DurableObjectStorage;
  readonly #sql: SqlStorage;
  #known: Range | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#sql = storage.sql;
  }

  /**
   * Somebody looks: counts some of what is settled and not counted yet; true when nothing is left. Where
   * counting begins, it is with events that are at most 7 days old, and at most as old as `days` keeps them.
   */
  look(settled: number, days: number, now: number): boolean {
    const today = dayOf(now);
    if (!this.#isWanted(now)) {
      const oldest = seqAt(now - Math.min(days, DAYS_SHOWN) * DAY_MS);
      this.#storage.transactionSync(() => {
        this.#sql.exec("DELETE FROM activity_hours");
        this.#sql.exec("DELETE FROM activity_posts");
        this.#save({ since: oldest, upTo: oldest, lookedOn: today });
      });
    } else if (this.#range.lookedOn !== today) {
      this.#save({ ...this.#range, lookedOn: today });
    }
    return this.#count(settled);
  }

  /** Events up to `upTo` (settled) are about to be deleted: counts them, if somebody may want to know. */
  countBeforeDeleting(upTo: number, now: number): void {
    if (!this.#isWanted(now)) return;
    while (!this.#count(upTo));
  }

  /** Runs a change to the outcomes of an event, in the caller's transaction, and corrects what was counted of it. */
  changing({ seq }: { seq: number }, change: () => void): void {
    const { since, upTo } = this.#range;
    if (seq <= since || seq > upTo) {
      change();
      return;
    }
    const tally = new Tally();
    const event = { after: seq - 1, upTo: seq };
    countActivity(this.#sql, event, tally, -1);
    change();
    countActivity(this.#sql, event, tally, 1);
    this.#write(tally);
  }

  /** The last 48 hours; what came behind `settled` is counted here and now. */
  hours(settled: number, complete: boolean, now: number): Activity {
    const first = hourOf(now) - HOURS_SHOWN + 1;
    const recent = this.#recent(settled);
    const hours = new Map(recent.hours);
    for (const { hour, tally } of this.#sql.exec<{ hour: number; tally: string }>(
      "SELECT hour, tally FROM activity_hours WHERE hour >= ?",
      first,
    )) {
      const known = JSON.parse(tally) as HourTally;
      const more = hours.get(hour);
      hours.set(hour, more === undefined ? known : bothHours(known, more));
    }
    return {
      ...this.#span(complete),
      hours: [...hours]
        .filter(([hour, tally]) => hour >= first && !isNothing(tally))
        .toSorted(([one], [other]) => one - other)
        .map(shownHour),
    };
  }

  /** The last 7 days by rule and by destination; what came behind `settled` is counted here and now. */
  week(settled: number, complete: boolean, now: number): WeekActivity {
    const first = dayOf(now) - DAYS_SHOWN + 1;
    const posts = [
      ...this.#sql.exec<Omit<Post, "day">>(
        `SELECT destination, mapping, rule, sum(delivered) AS delivered, sum(failed) AS failed,
           max(last_at) AS lastAt
         FROM activity_posts WHERE day >= ? GROUP BY destination, mapping, rule`,
        first,
      ),
      ...this.#recent(settled).posts.filter(({ day }) => day >= first),
    ];
    const rules = Map.groupBy(posts, ({ mapping, rule }) => JSON.stringify([mapping, rule]));
    const destinations = Map.groupBy(posts, ({ destination }) => destination);
    return {
      ...this.#span(complete),
      rules: [...rules.values()].flatMap((all): RuleActivity[] => {
        const [{ mapping, rule } = { mapping: "", rule: "" }] = all;
        return mapping === "" ? [] : inAll(all).map((sums) => ({ mapping, rule, ...sums }));
      }),
      destinations: [...destinations].flatMap(([destination, all]) =>
        inAll(all).map((sums) => ({ destination, ...sums })),
      ),
    };
  }

  /** Deletes what nobody is shown any more. */
  forget(now: number): void {
    this.#sql.exec("DELETE FROM activity_hours WHERE hour < ?", hourOf(now) - HOURS_KEPT);
    this.#sql.exec("DELETE FROM activity_posts WHERE day < ?", dayOf(now) - DAYS_KEPT);
  }

  #span(complete: boolean): Counted {
    return { since: arrivedAt(this.#range.since), complete };
  }

  #recent(settled: number): Tally {
    const tally = new Tally();
    countActivity(this.#sql, { after: settled, upTo: Number.MAX_SAFE_INTEGER }, tally, 1);
    return tally;
  }

  #isWanted(now: number): boolean {
    return dayOf(now) - this.#range.lookedOn <= DAYS_SHOWN;
  }

  #count(settled: number): boolean {
    const range = this.#range;
    if (settled <= range.upTo) return true;
    const tally = new Tally();
    const stretch = { after: range.upTo, upTo: settled, limit: AT_ONCE };
    const upTo = countActivity(this.#sql, stretch, tally, 1);
    this.#storage.transactionSync(() => {
      this.#write(tally);
      this.#save({ ...range, upTo });
    });
    return upTo === settled;
  }

  get #range(): Range {
    this.#known ??= this.#sql
      .exec<Range>(
        "SELECT since_seq AS since, counted_seq AS upTo, looked_on AS lookedOn FROM activity",
      )
      .one();
    return this.#known;
  }

  #save(range: Range): void {
    this.#sql.exec(
      "UPDATE activity SET since_seq = ?, counted_seq = ?, looked_on = ?",
      range.since,
      range.upTo,
      range.lookedOn,
    );
    this.#known = range;
  }

  #write(tally: Tally): void {
    for (const [hour, each] of tally.hours) if (!isNothing(each)) this.#writeHour(hour, each);
    for (const { day, destination, mapping, rule, delivered, failed, lastAt } of tally.posts) {
      if (delivered === 0 && failed === 0) continue;
      this.#sql.exec(
        `INSERT INTO activity_posts VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (day, destination, mapping, rule) DO UPDATE SET
           delivered = delivered + excluded.delivered, failed = failed + excluded.failed,
           last_at = max(last_at, excluded.last_at)`,
        day,
        destination,
        mapping,
        rule,
        delivered,
        failed,
        lastAt,
      );
    }
  }

  #writeHour(hour: number, more: HourTally): void {
    const [row] = this.#sql
      .exec<{ tally: string }>("SELECT tally FROM activity_hours WHERE hour = ?", hour)
      .toArray();
    const both = row === undefined ? more : bothHours(JSON.parse(row.tally) as HourTally, more);
    this.#sql.exec(
      "INSERT OR REPLACE INTO activity_hours VALUES (?, ?)",
      hour,
      JSON.stringify(both),
    );
  }
}

const NO_EVENTS = { delivered: 0, filtered: 0, pending: 0, failed: 0, unreadable: 0 };

function shownHour([hour, { events, deliveries, latency }]: [number, HourTally]): ActivityHour {
  const states: Record<EventState, number> = { ...NO_EVENTS, ...events };
  return {
    hour: hour * 3_600_000,
    received: Object.values(states).reduce((sum, count) => sum + count, 0),
    ...states,
    deliveries: { delivered: 0, failed: 0, ...deliveries },
    latency,
  };
}

/** The sums of posts; none where they come to nothing. */
function inAll(
  posts: Omit<Post, "day">[],
): Pick<RuleActivity, "delivered" | "failed" | "lastAt">[] {
  const sum = (of: "delivered" | "failed"): number =>
    posts.reduce((total, post) => total + post[of], 0);
  const [delivered, failed] = [sum("delivered"), sum("failed")];
  const lastAt = Math.max(...posts.map((post) => post.lastAt));
  return delivered === 0 && failed === 0
    ? []
    : [{ delivered, failed, lastAt: delivered === 0 ? null : lastAt }];
}
