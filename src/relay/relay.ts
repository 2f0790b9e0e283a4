import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { log, traceOf, warn } from "../log.ts";
import { readSettings, type Settings } from "../settings.ts";
import type { BacktestPage } from "../simulation/backtest.ts";
import { ActivityCounter, type Activity, type WeekActivity } from "./activity.ts";
import { deliveryHealth, type DeliveryHealth } from "./delivery-health.ts";
import type { Dispatch } from "./dispatch.ts";
import type { DocumentProblem } from "./documents.ts";
import { findEvent, readBody, readEvent, type EventRow } from "./events.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { Incoming } from "./incoming.ts";
import { Intake } from "./intake.ts";
import { Lanes } from "./lanes.ts";
import { Ledger, type Sums } from "./ledger.ts";
import { loadDispatch } from "./load-dispatch.ts";
import { listEventsAt, listEvents, type EventFilter, type ListedEvent } from "./list-events.ts";
import { findOutcome, seqOfRouted, waitingEvents, type Outcome } from "./outcomes.ts";
import { deleteExpired, nextExpiry } from "./retention.ts";
import { eventsAbout, type EventAbout } from "./events-about.ts";
import { explainDelivery, type Explained } from "./explain-delivery.ts";
import { findNotice } from "./find-notice.ts";
import { loadPublisher } from "../publishing/load-publisher.ts";
import type { Publish } from "../publishing/publish.ts";
import type { PresentDocument } from "../publishing/present-document.ts";
import type { DocumentHeads, PageOf, PublishAnswer, Publisher } from "../publishing/publisher.ts";
import type { Told } from "../publishing/teller.ts";
import { Remembered } from "./remembered.ts";
import { MissingScopes, sayMissingScope } from "./missing-scopes.ts";
import type { Replay } from "./routing.ts";
import type { TestOrder } from "./replay-as-test.ts";
import { Moment } from "./moment.ts";
import { migrate } from "./schema.ts";
import { DIRECTORY, PUBLISHER } from "./relay-name.ts";
import { peopleSeen, type PeopleSeen } from "./people-seen.ts";
import { showEvent } from "./show-event.ts";
import { listDeliveries, type DeliveryFilter, type ListedDelivery } from "./list-deliveries.ts";
import { failures, mergeFailures, pausedFailures, type Failure } from "./failures.ts";
import type { FailedPlace } from "./failed-deliveries.ts";
import { latestByHook, type LatestOfHook } from "./latest-by-hook.ts";
import { listFailed, type FailedFilter, type FailedListed } from "./list-failed.ts";
import { ReplaysOnce } from "./replays-once.ts";
import { noteRetried, retriedIn, type Retried } from "./retries.ts";
import { findRun, keepRun, type RetryRun } from "./retry-runs.ts";
import { retryFailed, type RetryFilter } from "./retry-failed.ts";
import { sendAgain } from "./send-again.ts";
import { discardWaiting } from "./discard-waiting.ts";
import {
  destinationStates,
  pausesOf,
  type DestinationPause,
  type DestinationStates,
} from "./destination-states.ts";
import { waitingAt, waitingEverywhere } from "./waiting-deliveries.ts";
import { PAUSED_BY_PERSON, type Hold } from "./lane.ts";
import type { Pump } from "./pump.ts";

/** What the console's first page shows of a Relay. */
export type RelayOverview = {
  ledger: Sums;
  activity: Activity;
  health: ReturnType<Relay["health"]>;
  problems: ReturnType<Relay["problems"]>;
  /** What failed for good and what is paused, by cause; of many as it was some minutes ago. */
  stuck: Failure[];
};

/** What the console's lists of destinations and rules show of a Relay. */
export type RelayPlaces = {
  states: DestinationStates;
  week: WeekActivity;
  /** How many deliveries wait, by destination; of many as it was some minutes ago. */
  waiting: Map<string, number>;
};

/** The answer to a request that was committed. */
export type Receipt = { id: string; status: "accepted" | "duplicate" | "unreadable" };

/** The alarm resumes work that nothing else resumed: after a crash, a deploy, an eviction. */
const SAFETY_NET_MS = 15_000;
/** Pages of failed deliveries that are put together for the console's first page. */
const STUCK_PAGES = 10;
const HOUSEKEEPING_MS = 3_600_000;
/** Events that come in a burst are routed together, this long after the first at the latest. */
const BURST_MS = 25;
/** Alarms are set in steps, so that many destinations share one. */
const ALARM_STEP_MS = 20;

const ABOUT_TO_BE_ROUTED: Replay = {
  deliveries: [],
  reason: "it has just come and is about to be routed",
};

/**
 * Everything of one top-level namespace that must be atomic: accepted events, what became of them,
 * and the queues of the destinations. Accepting commits and answers; routing and sending start
 * right after, and the alarm only resumes them.
 */
export class Relay extends DurableObject<Env> {
  readonly #name: string;
  readonly #sql: SqlStorage;
  readonly #settings: Settings;
  readonly #activity: ActivityCounter;
  readonly #replaysOnce: ReplaysOnce;
  readonly #ledger: Ledger;
  readonly #intake: Intake;
  readonly #arrivals = new Moment();
  readonly #lanes: Lanes;
  readonly #missingScopes: MissingScopes;
  /** Null: nothing was to be routed or sent yet. */
  #dispatch: Dispatch | null = null;
  /** Null: nobody has published yet, or it is another Relay that publishes. */
  #publisher: Publisher | null = null;
  /** Whether the Relay has called itself to go on counting. */
  #isCounting = false;
  #registered: boolean;
  /** Destinations that people paused or resumed here: what the directory says of them may be older. */
  readonly #decided = new Set<string>();
  /** Work that waits until what comes in is in; null: none is planned. */
  #planned: Promise<void> | null = null;
  /** How many requests this instance has taken: what tells a burst. */
  #accepted = 0;
  /** What pages ask for again and again, and what many rows are read for. */
  readonly #stuck = new Remembered(() => this.#findStuck());
  readonly #waiting = new Remembered(() => {
    const value = waitingEverywhere(this.#sql, this.#ledger.settled);
    return { value, rows: [...value.values()].reduce((sum, count) => sum + count, 0) };
  });
  #alarmAt: number | null = null;
  /** When expired events are deleted next; null: at the next alarm. */
  #housekeepingDueAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { storage } = ctx;
    migrate(storage);
    this.#name = ctx.id.name ?? "";
    this.#sql = storage.sql;
    this.#settings = readSettings(env);
    this.#registered = this.#knows(this.#name);
    this.#missingScopes = new MissingScopes(this.#sql);
    this.#activity = new ActivityCounter(storage);
    this.#replaysOnce = new ReplaysOnce(this.#sql);
    this.#ledger = new Ledger(storage, this.#activity);
    this.#intake = new Intake(storage, this.#ledger);
    this.#lanes = new Lanes({ storage, relay: this.#name, ledger: this.#ledger });
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await storage.getAlarm();
    });
  }

  /**
   * Commits a verified webhook and starts the work behind it. Throws only when it is not committed;
   * it may be tried `again`, and is committed once.
   */
  async accept(incoming: Incoming, again = false): Promise<Receipt> {
    await this.#register();
    const { status, types } = await this.#arrivals.run(() =>
      this.#intake.accept(incoming, Date.now(), again),
    );
    const receipt: Receipt = {
      id: eventId(this.#name, incoming.key),
      status: status === "accepted" && incoming.unreadable ? "unreadable" : status,
    };
    this.#accepted += 1;
    this.#workSoon();
    log("received", {
      ...receipt,
      types: types.join(" "),
      path: incoming.path,
      bytes: incoming.size,
    });
    return receipt;
  }

  /** Resumes whatever is unfinished, and deletes what has expired. */
  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    try {
      await this.#work();
      if (this.isBusy || this.#intake.hasUnrouted) this.#wakeBy(Date.now() + SAFETY_NET_MS);
      else this.#intake.settleAll(() => this.#dispatch?.pump.oldestRecent() ?? null);
      const now = Date.now();
      if (this.#housekeepingDueAt === null || this.#housekeepingDueAt <= now) this.#keepHouse(now);
      if (this.#housekeepingDueAt !== null) this.#wakeBy(this.#housekeepingDueAt);
    } catch (error) {
      // The platform gives an alarm up that fails six times, and what waits must not depend on that.
      warn("alarm_failed", { error: traceOf(error) });
      this.#wakeBy(Date.now() + SAFETY_NET_MS);
    }
  }

  /** Goes on with what is unfinished. The Relay calls itself: each invocation has limits of its own. */
  resume(): void {
    void this.#work();
  }

  /** The directory's part: remembers the name of a Relay, and tells it what people have paused. */
  register(name: string): { destination: string; hold: Hold }[] {
    this.#sql.exec("INSERT OR IGNORE INTO relays VALUES (?)", name);
    return this.#lanes.holds();
  }

  /** The directory's part: the names of all Relays. */
  names(): string[] {
    return this.#sql
      .exec<{ name: string }>("SELECT name FROM relays ORDER BY name")
      .toArray()
      .map(({ name }) => name);
  }

  /** The publisher's part: the documents as they are, see {@link Publisher.documents}. */
  async documents(after: string | null, limit: number): Promise<PageOf<PresentDocument>> {
    return await (await this.#publishing()).documents(after, limit);
  }

  /** The publisher's part: the documents without their texts, see {@link Publisher.documentHeads}. */
  async documentHeads(prefixes: string[]): Promise<DocumentHeads> {
    return await (await this.#publishing()).documentHeads(prefixes);
  }

  /** The publisher's part: texts by their etags, see {@link Publisher.texts}. */
  async documentTexts(etags: string[]): Promise<{ etag: string; text: string }[]> {
    return (await this.#publishing()).texts(etags);
  }

  /** The publisher's part: one document, see {@link Publisher.document}. */
  async document(key: string): ReturnType<Publisher["document"]> {
    return await (await this.#publishing()).document(key);
  }

  /** The publisher's part: some documents, see {@link Publisher.documentsNamed}. */
  async documentsNamed(keys: string[]): ReturnType<Publisher["documentsNamed"]> {
    return await (await this.#publishing()).documentsNamed(keys);
  }

  /** The publisher's part: publishes all that is asked for, or nothing; see {@link Publisher.publish}. */
  async publish(json: Uint8Array): Promise<PublishAnswer> {
    return await (await this.#publishing()).publish(json);
  }

  /** The publisher's part: who published what, see {@link Publisher.publishes}. */
  async publishes(
    before: string | null,
    limit: number,
    key: string | null,
    enough = false,
  ): Promise<{ items: Publish[]; next: string | null }> {
    return await (await this.#publishing()).publishes(before, limit, key, enough);
  }

  /** The publisher's part: one publish with all its texts, see {@link Publisher.publishInFull}. */
  async publishInFull(id: string): Promise<ReadableStream<Uint8Array> | null> {
    return (await this.#publishing()).publishInFull(id);
  }

  /** The publisher's part: some documents of a publish, see {@link Publisher.changes}. */
  async publishChanges(
    id: string,
    after: string | null,
    limit: number,
  ): Promise<ReturnType<Publisher["changes"]>> {
    return (await this.#publishing()).changes(id, after, limit);
  }

  /** The publisher's part: one publish without its texts; null: there is none. */
  async publishProgress(id: string): Promise<Publish | null> {
    return (await this.#publishing()).progress(id);
  }

  /** The publisher's part: what keeps KV from being written, see {@link Publisher.trouble}. */
  async publishingTrouble(): Promise<ReturnType<Publisher["trouble"]>> {
    return (await this.#publishing()).trouble();
  }

  /** Works from now on by documents that were just published, whatever KV still shows. */
  async learn(documents: Told[]): Promise<void> {
    const dispatch = await this.#dispatching();
    this.ctx.storage.transactionSync(() => dispatch.learn(documents, Date.now()));
    this.#workSoon();
  }

  ledger(): Sums {
    return this.#ledger.read();
  }

  /** What happened in the last 48 hours. Much that is not counted yet is counted behind the caller's back. */
  activity(): Activity {
    const now = Date.now();
    const { settled } = this.#ledger;
    return this.#activity.hours(settled, this.#countActivity(now), now);
  }

  /** What the console's first page shows of a Relay, in one call. */
  overview(): RelayOverview {
    return {
      ledger: this.ledger(),
      activity: this.activity(),
      health: this.health(),
      problems: this.problems(),
      stuck: this.#stuck.at(Date.now()),
    };
  }

  /** What the console's lists of destinations and rules show of a Relay, in one call. */
  places(): RelayPlaces {
    return {
      states: this.destinationStates(),
      week: this.weekActivity(),
      waiting: this.#waiting.at(Date.now()),
    };
  }

  /** What each rule and destination did in the last 7 days; see {@link Relay.activity}. */
  weekActivity(): WeekActivity {
    const now = Date.now();
    const { settled } = this.#ledger;
    return this.#activity.week(settled, this.#countActivity(now), now);
  }

  /** Counts some of what is not counted yet, and has another invocation go on; true when all is counted. */
  #countActivity(now: number): boolean {
    const done = this.#activity.look(this.#ledger.settled, this.#settings.retentionDays, now);
    if (!done) this.#goOnCounting();
    return done;
  }

  /** Goes on with counting. The Relay calls itself, so that what comes in meanwhile has its turn. */
  resumeCounting(): void {
    this.#isCounting = false;
    this.#countActivity(Date.now());
  }

  #goOnCounting(): void {
    if (this.#isCounting) return;
    this.#isCounting = true;
    this.ctx.waitUntil(
      this.env.RELAY.getByName(this.#name)
        .resumeCounting()
        .catch((error: unknown) => {
          this.#isCounting = false;
          warn("resume_failed", { error: String(error) });
        }),
    );
  }

  events(
    filter: EventFilter,
    before: number,
    limit: number,
  ): { items: ListedEvent[]; next: number | null } {
    return listEvents(this.#sql, filter, before, limit);
  }

  /** What is new in a list of events, and how those of the `waiting` (`seq`) are that it shows. */
  newerEvents(
    filter: EventFilter,
    limit: number,
    waiting: number[],
  ): { items: ListedEvent[]; next: number | null; waited: ListedEvent[] } {
    const newer = listEvents(this.#sql, filter, Number.MAX_SAFE_INTEGER, limit);
    return { ...newer, waited: listEventsAt(this.#sql, waiting) };
  }

  deliveries(
    filter: DeliveryFilter,
    before: number,
    limit: number,
  ): { items: ListedDelivery[]; next: number | null } {
    return listDeliveries(this.#sql, filter, before, limit);
  }

  /** What failed for good, by cause, page by page; with the first page what is paused. */
  failures(after: FailedPlace | null): { groups: Failure[]; next: FailedPlace | null } {
    const { groups, next } = failures(this.#sql, this.#name, after);
    if (after !== null) return { groups, next };
    const waiting = pausedFailures(this.#sql, this.#name, this.#ledger.settled, this.#lanes);
    return { groups: [...waiting, ...groups], next };
  }

  #findStuck(): { value: Failure[]; rows: number } {
    let value: Failure[] = [];
    let after: FailedPlace | null = null;
    for (let page = 0; page < STUCK_PAGES; page += 1) {
      const { groups, next }: ReturnType<Relay["failures"]> = this.failures(after);
      value = mergeFailures([...value, ...groups]);
      after = next;
      if (after === null) break;
    }
    // Of each that failed a second row says whether it was replayed.
    const rows = value.reduce(
      (sum, { kind, count }) => sum + count * (kind === "failed" ? 2 : 1),
      0,
    );
    return { value, rows };
  }

  /** Somebody did something about what is stuck, and looks whether it helped. */
  #lookAnew(): void {
    this.#stuck.forget();
    this.#waiting.forget();
  }

  /** Where it was sent to before, and what is paused; no event is looked at. */
  destinationStates(): DestinationStates {
    return destinationStates(this.#sql, this.#lanes);
  }

  /** The hooks that the latest events came through, see {@link latestByHook}. */
  latestByHook(): LatestOfHook[] {
    return latestByHook(this.#sql);
  }

  /** How many deliveries wait for a destination. */
  waiting(destination: string): number {
    return waitingAt(this.#sql, this.#ledger.settled, [destination]).get(destination)?.count ?? 0;
  }

  /** One event with its payload, the verdict on each rule, and its deliveries, as JSON text. */
  async show(key: string): Promise<string | null> {
    const row = this.#find(key);
    if (row === null) return null;
    const { mappings } = (await this.#dispatching()).configuration;
    return JSON.stringify(showEvent(this.#sql, this.#name, this.#ledger, mappings, row));
  }

  /** One event and its payload as rules see them, as JSON text; `null` in it: it is unreadable. */
  happening(key: string): string | null {
    const row = this.#find(key);
    return row === null ? null : JSON.stringify(readEvent(this.#sql, this.#name, row));
  }

  /** How a delivery came about, for whoever sees it in Slack; null when it is not stored any more. */
  async explain(key: string, n: number): Promise<Explained | null> {
    const outcome = findOutcome(this.#sql, key, n);
    if (outcome === null) return null;
    const { configuration } = await this.#dispatching();
    return explainDelivery(this.#sql, this.#name, configuration, outcome);
  }

  /**
   * The delivery that a message in a Slack channel may be which carries no mark of ours: the last one
   * about one of these subjects that was sent there shortly before `at` (milliseconds).
   */
  async findNotice(subjects: string[], channel: string, at: number): Promise<Explained | null> {
    const { configuration } = await this.#dispatching();
    const outcome = findNotice(this.#sql, configuration, subjects, channel, at);
    return outcome === null ? null : explainDelivery(this.#sql, this.#name, configuration, outcome);
  }

  /** The latest events about an issue or merge request, and what each rule made of them. */
  async eventsAbout(subject: string, limit: number): Promise<EventAbout[]> {
    const { configuration } = await this.#dispatching();
    return eventsAbout(this.#sql, this.#name, this.#ledger, configuration, subject, limit);
  }

  /**
   * What a draft of the documents would make of stored events, beside what became of them. It is asked
   * with a `BacktestRequest` as JSON in UTF-8: as an object it could be more than a call carries.
   */
  async backtest(json: Uint8Array): Promise<BacktestPage> {
    return await (await this.#dispatching()).backtest(this.#sql, json);
  }

  /** Who is in the newest events, for whoever keeps person documents; see {@link peopleSeen}. */
  async peopleSeen(limit: number): Promise<PeopleSeen> {
    return await peopleSeen(this.#sql, this.#name, limit);
  }

  /** The body of an event, byte for byte as it was sent. */
  body(key: string): Uint8Array | null {
    const row = this.#find(key);
    return row === null ? null : readBody(this.#sql, row);
  }

  /**
   * Routes an event once more by today's mappings. Its new deliveries are marked `replay`, dedupe
   * has no say in it, and it is not received again. `only`: the destinations that it is sent to;
   * null: all that the mappings name. `by`: who asks; null: not known. `once`: a name that this is asked for under, see
   * {@link ReplaysOnce}; null: none. Null: there is no such event.
   */
  async replay(
    key: string,
    only: string[] | null = null,
    by: string | null = null,
    once: string | null = null,
  ): Promise<Replay | null> {
    return await this.#replaying(key, once, ({ routing }, row) => routing.replay(row, only, by));
  }

  /**
   * Sends the messages of an event once more, word for word, to the destinations that they went to, or
   * only to some of these. Null: there is no such event.
   */
  async replayAsItWas(
    key: string,
    only: string[] | null,
    by: string | null = null,
    once: string | null = null,
  ): Promise<Replay | null> {
    return await this.#replaying(key, once, (dispatch, row) =>
      dispatch.replayAsItWas(row, only, by),
    );
  }

  /** Sends an event's messages to one channel, marked as a test. Null: there is no such event. */
  async replayAsTest(
    key: string,
    order: TestOrder,
    once: string | null = null,
  ): Promise<Replay | null> {
    return await this.#replaying(key, once, (dispatch, row) => dispatch.replayAsTest(row, order));
  }

  async #replaying(
    key: string,
    once: string | null,
    replay: (dispatch: Dispatch, row: EventRow) => Replay | Promise<Replay>,
  ): Promise<Replay | null> {
    const dispatch = await this.#dispatching();
    return await this.#replaysOnce.once(once, async () => {
      const row = this.#find(key);
      if (row === null) return null;
      if (this.#intake.seqOf(key) !== null) return ABOUT_TO_BE_ROUTED;
      const replayed = await replay(dispatch, row);
      this.#lookAnew();
      this.#workSoon();
      return replayed;
    });
  }

  /**
   * What today's rules would make of an event, a `Simulation` as JSON text. Null: there is no such event,
   * or its body is unreadable.
   */
  async simulate(key: string): Promise<string | null> {
    const dispatch = await this.#dispatching();
    const row = this.#find(key);
    const simulation = row === null ? null : await dispatch.simulate(row);
    return simulation === null ? null : JSON.stringify(simulation);
  }

  /** Sends a delivery that failed, or waits for its next attempt, at once. Says why when it cannot. */
  async retry(
    key: string,
    n: number,
  ): Promise<"retried" | "not_found" | "already_delivered" | "not_a_delivery"> {
    const { pump } = await this.#dispatching();
    const outcome = findOutcome(this.#sql, key, n);
    if (outcome === null) return "not_found";
    if (outcome.state === "delivered") return "already_delivered";
    if (outcome.state !== "failed" && outcome.state !== "pending") return "not_a_delivery";
    if (outcome.destination === "") return "not_a_delivery";
    this.#sendAgain(outcome, pump);
    this.#lookAnew();
    this.#workSoon();
    return "retried";
  }

  /**
   * Sends failed deliveries again, see {@link retryFailed}; `retried` are their ids. What has become of
   * those of one `run` can be asked for a day; null: nobody will.
   */
  async retryFailed(
    filter: RetryFilter,
    after: FailedPlace | null,
    limit: number,
    run: string | null = null,
  ): Promise<{ retried: string[]; skipped: number; next: FailedPlace | null }> {
    const { pump } = await this.#dispatching();
    const { retried, ...rest } = retryFailed(this.#sql, filter, after, limit, (outcome) =>
      this.#sendAgain(outcome, pump),
    );
    if (run !== null) noteRetried(this.#sql, run, Date.now(), retried);
    this.#lookAnew();
    this.#workSoon();
    return { retried: retried.map(({ key, n }) => deliveryId(this.#name, key, n)), ...rest };
  }

  /** What has become of the deliveries that a bulk retry sent again. */
  retriedIn(run: string): Retried {
    return retriedIn(this.#sql, this.#name, run);
  }

  /** A reader's place in the failed deliveries, see {@link listFailed}. */
  failedOf(which: FailedFilter, after: FailedPlace | null, limit: number): FailedListed {
    return listFailed(this.#sql, this.#name, which, after, limit);
  }

  /** The directory's part: how far a bulk retry of all Relays has come; null: it knows none of this name. */
  retryRun(run: string): RetryRun | null {
    return findRun(this.#sql, run);
  }

  /** The directory's part: remembers, for a day, how far a bulk retry has come. */
  keepRetryRun(run: string, state: RetryRun): void {
    keepRun(this.#sql, run, state, Date.now());
  }

  /**
   * A person's pause of a destination (null: none any more), or, in the directory, of a destination of
   * all Relays. What is under way is finished. Says whether a person had paused it before.
   */
  hold(destination: string, hold: Hold | null): boolean {
    const wasHeld = this.#lanes.of(destination).lane.hold !== null;
    this.#decided.add(destination);
    this.#hold(destination, hold);
    return wasHeld;
  }

  #hold(destination: string, hold: Hold | null): void {
    const lane = this.#lanes.of(destination);
    if (hold === null && lane.lane.hold === null) return;
    this.#lanes.hold(lane, hold);
    this.#lookAnew();
    if (hold === null) log("destination_resumed", { destination });
    else warn("destination_paused", { destination, code: PAUSED_BY_PERSON });
  }

  /** Ends a person's pause; a destination that Slack stopped is tried at once. */
  async release(destination: string): Promise<"resumed" | "tried" | "not_paused"> {
    const { hold, pause } = this.#lanes.of(destination).lane;
    this.#decided.add(destination);
    if (hold === null && pause === null) return "not_paused";
    this.#lookAnew();
    if (hold !== null) this.#hold(destination, null);
    // Whoever asks may just have corrected its document.
    const { configuration, pump } = await this.#dispatching();
    configuration.destinations.expire();
    pump.prompt(destination);
    this.#workSoon();
    return hold === null ? "tried" : "resumed";
  }

  /**
   * Ends up to `limit` deliveries that wait for a destination as `filtered`, the oldest first; what is
   * being sent is finished. Says how many, and whether more wait.
   */
  async discard(
    destination: string,
    reason: string,
    limit: number,
  ): Promise<{ discarded: number; more: boolean }> {
    const { pump } = await this.#dispatching();
    const { storage } = this.ctx;
    const done = discardWaiting(storage, this.#ledger, pump, { destination, reason, limit });
    this.#lookAnew();
    if (done.discarded > 0) log("discarded", { destination, deliveries: done.discarded });
    void this.#work();
    return done;
  }

  #sendAgain(outcome: Outcome, pump: Pump): void {
    sendAgain(this.ctx.storage, this.#ledger, pump, this.#name, outcome);
  }

  health(): DeliveryHealth & { missingScopes: string[] } {
    const now = Date.now();
    const health = deliveryHealth(
      this.#sql,
      this.#ledger.settled,
      this.#intake.oldestUnroutedAt,
      now,
      this.#lanes.failedLastHour(now),
      this.#lanes.pauses().length,
    );
    return { ...health, missingScopes: this.#missingScopes.all.map(sayMissingScope) };
  }

  /**
   * What a person should look at: documents that cannot be used, destinations that are paused, and why
   * events wait to be routed.
   */
  problems(): {
    documents: DocumentProblem[];
    pauses: DestinationPause[];
    waiting: { events: number; reason: string; since: number }[];
  } {
    return {
      waiting: waitingEvents(this.#sql),
      documents: this.#dispatch?.documentProblems() ?? [],
      pauses: pausesOf(this.#lanes),
    };
  }

  /** Whether work is under way behind the callers' backs. */
  get isBusy(): boolean {
    return (
      this.#planned !== null || this.#dispatch?.isBusy === true || this.#publisher?.isBusy === true
    );
  }

  /** Has the rest of a long queue done by another invocation; the alarm stands by should that fail. */
  #goOn(): void {
    this.#wakeBy(Date.now() + SAFETY_NET_MS);
    this.ctx.waitUntil(
      this.env.RELAY.getByName(this.#name)
        .resume()
        .catch((error: unknown) => warn("resume_failed", { error: String(error) })),
    );
  }

  /** Has the work done behind the caller's back; the alarm stands by should this instance not live to do it. */
  #workSoon(): void {
    this.#wakeBy(Date.now() + SAFETY_NET_MS);
    void this.#work();
  }

  /**
   * Starts what can be sent and routes what is unrouted, behind the callers' backs: in a turn of its
   * own, so that no answer waits for rules to be matched, and once for all who ask meanwhile.
   */
  #work(): Promise<void> {
    if (this.#planned !== null) return this.#planned;
    const planned = this.#workOnce();
    this.#planned = planned;
    this.ctx.waitUntil(planned);
    return planned;
  }

  async #workOnce(): Promise<void> {
    let worker: Dispatch | Publisher;
    try {
      await this.#letBurstIn();
      worker =
        this.#name === PUBLISHER
          ? await this.#publishing()
          : (this.#dispatch ?? (await this.#dispatching()));
    } finally {
      this.#planned = null;
    }
    const wakeAt = await worker.work();
    if (wakeAt !== null) this.#wakeBy(wakeAt);
  }

  /** What routes and sends. It is loaded when it is first needed: accepting does not wait for it. */
  async #dispatching(): Promise<Dispatch> {
    if (this.#dispatch !== null) return this.#dispatch;
    const Dispatch = await loadDispatch();
    // Somebody else may have waited for it too.
    this.#dispatch ??= new Dispatch({
      storage: this.ctx.storage,
      relay: this.#name,
      env: this.env,
      settings: this.#settings,
      ledger: this.#ledger,
      lanes: this.#lanes,
      intake: this.#intake,
      missingScopes: this.#missingScopes,
      background: (promise) => this.ctx.waitUntil(promise),
      wakeBy: (at) => this.#wakeBy(at),
      goOn: () => this.#goOn(),
      restart: (why) => this.ctx.abort(why),
      letBurstIn: () => this.#letBurstIn(),
    });
    return this.#dispatch;
  }

  /** What publishes. Like {@link Dispatch} it is loaded when it is first needed. */
  async #publishing(): Promise<Publisher> {
    if (this.#publisher !== null) return this.#publisher;
    const Publisher = await loadPublisher();
    this.#publisher ??= new Publisher({
      storage: this.ctx.storage,
      env: this.env,
      wakeBy: (at) => this.#wakeBy(at),
      goOn: () => this.#goOn(),
    });
    return this.#publisher;
  }

  /**
   * Waits until what was written is on disk and, while more comes in, a moment longer: GitLab waits ten
   * seconds and never sends again, so a burst is taken in first, and what it brought is routed together.
   */
  async #letBurstIn(): Promise<void> {
    const until = Date.now() + BURST_MS;
    let known: number;
    do {
      known = this.#accepted;
      await this.ctx.storage.sync();
    } while (this.#accepted !== known && Date.now() < until);
  }

  /** Deletes what has expired, and notes when to look again. */
  #keepHouse(now: number): void {
    const { retentionDays } = this.#settings;
    const more = deleteExpired(this.ctx.storage, this.#ledger, this.#activity, retentionDays, now);
    const expiry = nextExpiry(this.#sql, retentionDays);
    const next = expiry === null ? null : Math.max(expiry + 1_000, now + HOUSEKEEPING_MS);
    this.#housekeepingDueAt = more ? now : next;
  }

  /** The directory learns a Relay's name before its first event; failing that, with the next one. */
  async #register(): Promise<void> {
    if (this.#registered) return;
    try {
      const holds = await this.env.RELAY.getByName(DIRECTORY).register(this.#name);
      this.ctx.storage.transactionSync(() => {
        this.register(this.#name);
        for (const { destination, hold } of holds) {
          if (!this.#decided.has(destination)) this.#hold(destination, hold);
        }
      });
      this.#registered = true;
    } catch (error) {
      warn("directory_unreachable", { relay: this.#name, error: String(error) });
    }
  }

  #knows(name: string): boolean {
    return this.#sql.exec("SELECT 1 FROM relays WHERE name = ?", name).toArray().length > 0;
  }

  #find(key: string): EventRow | null {
    const seq = this.#intake.seqOf(key) ?? seqOfRouted(this.#sql, key);
    return seq === null ? null : findEvent(this.#sql, seq);
  }

  /** Sets the alarm to `at` unless it is set to an earlier time; setting it is a row written. */
  #wakeBy(at: number): void {
    const now = Date.now();
    const due = this.#alarmAt;
    // One that should have gone off long ago is not coming.
    if (due !== null && due <= at && due > now - SAFETY_NET_MS) return;
    const stepped = Math.ceil(Math.max(at, now) / ALARM_STEP_MS) * ALARM_STEP_MS;
    this.#alarmAt = stepped;
    this.ctx.waitUntil(this.ctx.storage.setAlarm(stepped));
  }
}
