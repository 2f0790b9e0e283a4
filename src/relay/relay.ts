import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { log, warn } from "../log.ts";
import { mappingKeys } from "../mappings/match-rules.ts";
import { parseDestination, parseMapping } from "../mappings/parse-document.ts";
import { readSettings, type Settings } from "../settings.ts";
import { deliveryHealth, type DeliveryHealth } from "./delivery-health.ts";
import { Documents, type DocumentProblem } from "./documents.ts";
import { findEvent, readBody, type EventRow } from "./events.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { Incoming } from "./incoming.ts";
import { Intake } from "./intake.ts";
import { Ledger, type Sums } from "./ledger.ts";
import { listEvents, type EventFilter, type ListedEvent } from "./list-events.ts";
import {
  deleteOutcome,
  deletePlaceless,
  findOutcome,
  insertOutcome,
  nextN,
  parkedDestinations,
  parkedPlaces,
  seqOfRouted,
  updateOutcome,
  type Outcome,
  type Role,
} from "./outcomes.ts";
import { Pump, newRun, type Run } from "./pump.ts";
import { deleteExpired, nextExpiry } from "./retention.ts";
import {
  destinationKey,
  draft,
  outcomeFrom,
  route,
  type Configuration,
  type Draft,
  type Route,
} from "./router.ts";
import { migrate } from "./schema.ts";
import { showEvent } from "./show-event.ts";

/** The answer to a request that was committed. */
export type Receipt = { id: string; status: "accepted" | "duplicate" | "unreadable" };

/** A Relay that keeps the names of all Relays, because Durable Objects cannot be listed. */
export const DIRECTORY = "directory";

/** The alarm resumes work that nothing else resumed: after a crash, a deploy, an eviction. */
const SAFETY_NET_MS = 15_000;
/** An event whose mapping cannot be read is tried again this often. */
const WAITING_RETRY_MS = 30_000;
const HOUSEKEEPING_MS = 3_600_000;
const ROUTE_BATCH = 20;
const WAITING_BATCH = 100;
/** Alarms are set in steps, so that many destinations share one. */
const ALARM_STEP_MS = 20;

/**
 * Everything of one top-level namespace that must be atomic: accepted events, what became of them,
 * and the queues of the destinations. Accepting commits and answers; routing and sending start
 * right after, and the alarm only resumes them.
 */
export class Relay extends DurableObject<Env> {
  readonly #name: string;
  readonly #sql: SqlStorage;
  readonly #settings: Settings;
  readonly #configuration: Configuration;
  readonly #ledger: Ledger;
  readonly #intake: Intake;
  readonly #pump: Pump;
  #registered: boolean;
  #alarmAt: number | null = null;
  #routing = false;
  /** When events that wait for their mapping are tried again; null: there are none. */
  #waitingDueAt: number | null;
  /** When expired events are deleted next; null: at the next alarm. */
  #housekeepingDueAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    migrate(ctx.storage);
    this.#name = ctx.id.name ?? "";
    this.#sql = ctx.storage.sql;
    this.#settings = readSettings(env);
    this.#registered = this.#knows(this.#name);
    const documents = <T>(
      parse: ConstructorParameters<typeof Documents<T>>[2],
      onChange: (key: string) => void,
    ) => new Documents(this.#sql, env.MAPPINGS, parse, onChange);
    this.#configuration = {
      mappings: documents(parseMapping, () => {
        if (this.#waitingDueAt !== null) this.#waitingDueAt = 0;
      }),
      destinations: documents(parseDestination, (key) => {
        this.#pump.prompt(key.slice(destinationKey("").length));
      }),
    };
    this.#waitingDueAt = parkedDestinations(this.#sql).includes("") ? 0 : null;
    this.#ledger = new Ledger(ctx.storage);
    this.#intake = new Intake(ctx.storage, this.#ledger);
    this.#pump = new Pump({
      storage: ctx.storage,
      relay: this.#name,
      env,
      settings: this.#settings,
      configuration: this.#configuration,
      ledger: this.#ledger,
      background: (promise) => ctx.waitUntil(promise),
      wakeBy: (at) => this.#wakeBy(at),
    });
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  /** Commits a verified webhook and starts the work behind it. Throws only when it is not committed. */
  async accept(incoming: Incoming): Promise<Receipt> {
    await this.#register();
    const now = Date.now();
    const status = this.#intake.accept(incoming, now);
    this.#wakeBy(now + SAFETY_NET_MS);
    this.#work();
    const receipt: Receipt = {
      id: eventId(this.#name, incoming.key),
      status: status === "accepted" && incoming.unreadable ? "unreadable" : status,
    };
    log("received", {
      ...receipt,
      types: incoming.types.join(" "),
      path: incoming.path,
      bytes: incoming.size,
    });
    return receipt;
  }

  /** Resumes whatever is unfinished, and deletes what has expired. */
  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    const now = Date.now();
    this.#work();
    if (this.#intake.hasUnrouted || this.#pump.isSending) this.#wakeBy(now + SAFETY_NET_MS);
    if (this.#housekeepingDueAt === null || this.#housekeepingDueAt <= now) this.#keepHouse(now);
    if (this.#housekeepingDueAt !== null) this.#wakeBy(this.#housekeepingDueAt);
    if (this.#waitingDueAt !== null) this.#wakeBy(this.#waitingDueAt);
  }

  /** The directory's part: remembers the name of a Relay. */
  register(name: string): void {
    this.#sql.exec("INSERT OR IGNORE INTO relays VALUES (?)", name);
  }

  /** The directory's part: the names of all Relays. */
  names(): string[] {
    return this.#sql
      .exec<{ name: string }>("SELECT name FROM relays ORDER BY name")
      .toArray()
      .map(({ name }) => name);
  }

  ledger(): Sums {
    return this.#ledger.read();
  }

  events(
    filter: EventFilter,
    before: number,
    limit: number,
  ): { items: ListedEvent[]; next: number | null } {
    return listEvents(this.#sql, filter, before, limit);
  }

  /** One event with its payload, the verdict on each rule, and its deliveries, as JSON text. */
  show(key: string): string | null {
    const seq = this.#seqOf(key);
    const shown =
      seq === null
        ? null
        : showEvent(this.#sql, this.#name, this.#ledger, this.#configuration.mappings, seq);
    return shown === null ? null : JSON.stringify(shown);
  }

  /** The body of an event, byte for byte as GitLab sent it. */
  body(key: string): Uint8Array | null {
    const seq = this.#seqOf(key);
    const row = seq === null ? null : findEvent(this.#sql, seq);
    return row === null ? null : readBody(this.#sql, row);
  }

  /**
   * Routes an event once more by today's mappings. Its new deliveries are marked `replay`, dedupe
   * has no say in it, and it is not received again. Null: there is no such event.
   */
  async replay(key: string): Promise<{ deliveries: string[]; reason: string | null } | null> {
    const seq = this.#seqOf(key);
    const row = seq === null ? null : findEvent(this.#sql, seq);
    if (row === null || this.#intake.seqOf(key) !== null) return null;
    this.#configuration.mappings.expire();
    this.#configuration.destinations.expire();
    const routed = await this.#decide(row);
    if (routed.kind === "waits") return { deliveries: [], reason: routed.reason };
    let written: Outcome[] = [];
    this.ctx.storage.transactionSync(() => {
      this.#ledger.changing(row, () => {
        // What stood for "nowhere to go" is decided anew.
        deletePlaceless(this.#sql, key);
        written = this.#insert(row, routed.drafts, "replay");
      });
    });
    const deliveries = written.filter(({ destination }) => destination !== "");
    log("replayed", { id: eventId(this.#name, key), deliveries: deliveries.length });
    this.#work();
    return {
      deliveries: deliveries.map(({ n }) => deliveryId(this.#name, key, n)),
      reason: deliveries.length === 0 ? (written[0]?.reason ?? null) : null,
    };
  }

  /** Sends a delivery that failed, or waits for its next attempt, at once. Says why when it cannot. */
  retry(key: string, n: number): "retried" | "not_found" | "already_delivered" | "not_a_delivery" {
    const outcome = findOutcome(this.#sql, key, n);
    if (outcome === null) return "not_found";
    if (outcome.state === "delivered") return "already_delivered";
    if (outcome.state !== "failed" && outcome.state !== "pending") return "not_a_delivery";
    if (outcome.destination === "") return "not_a_delivery";
    const again: Outcome = {
      ...outcome,
      state: "pending",
      reason: null,
      waitedMs: 0,
      dueAt: 0,
      finishedAt: null,
      parked: true,
    };
    this.ctx.storage.transactionSync(() => {
      this.#ledger.changing(outcome, () => updateOutcome(this.#sql, again));
    });
    log("retried", { id: deliveryId(this.#name, key, n), destination: outcome.destination });
    this.#pump.add(again);
    this.#pump.prompt(outcome.destination);
    this.#wakeBy(Date.now() + SAFETY_NET_MS);
    this.#work();
    return "retried";
  }

  health(): DeliveryHealth {
    const now = Date.now();
    return deliveryHealth(
      this.#sql,
      this.#ledger.settled,
      now,
      this.#pump.failedLastHour(now),
      this.#pump.pauses().length,
    );
  }

  /** What a person should look at: documents that cannot be used, destinations that are paused. */
  problems(): {
    documents: DocumentProblem[];
    pauses: { destination: string; code: string; said: string; fix: string; since: number }[];
  } {
    return {
      documents: [
        ...this.#configuration.mappings.problems(),
        ...this.#configuration.destinations.problems(),
      ],
      pauses: this.#pump.pauses().map(({ destination, pause: { code, said, fix, since } }) => ({
        destination,
        code,
        said,
        fix,
        since,
      })),
    };
  }

  /** Whether work is under way behind the callers' backs. Not reachable over RPC. */
  get isBusy(): boolean {
    return this.#routing || this.#pump.isSending;
  }

  /** Starts what can be sent, and routes what is unrouted, behind the caller's back. */
  #work(): void {
    const run = newRun();
    this.#pump.run(run);
    if (this.#routing) return;
    this.#routing = true;
    this.ctx.waitUntil(this.#routeAll(run));
  }

  async #routeAll(run: Run): Promise<void> {
    try {
      await this.#routeWaiting();
      while (this.#intake.hasUnrouted) {
        const batch = this.#intake
          .unrouted(ROUTE_BATCH)
          .flatMap(({ seq }) => findEvent(this.#sql, seq) ?? []);
        // All at once, so that many projects wait for KV together and not one after the other.
        const keys = new Set(batch.flatMap(({ path }) => mappingKeys(path)));
        await this.#configuration.mappings.refresh([...keys], Date.now());
        for (const row of batch) await this.#route(row);
        this.#pump.run(run);
      }
      const settled = this.#intake.settleOld(this.#pump.oldestRecent());
      if (settled !== null) this.#pump.park(settled);
    } finally {
      this.#routing = false;
    }
  }

  async #route(row: EventRow): Promise<void> {
    const routed = await this.#decide(row);
    if (routed.kind === "waits") {
      warn("event_waits", { id: eventId(this.#name, row.key), reason: routed.reason });
      this.#write(row, [waiting(row.key, routed.reason)]);
      this.#waitLater();
    } else {
      this.#write(row, routed.drafts);
    }
    this.#intake.routed(row.key);
  }

  /** Where an event goes. A bug of ours fails this event, visibly, and holds up no other. */
  async #decide(row: EventRow): Promise<Route> {
    try {
      return await route(this.#sql, this.#name, this.#configuration, row, Date.now());
    } catch (error) {
      const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
      warn("routing_crashed", { id: eventId(this.#name, row.key), error: said });
      return { kind: "routed", drafts: [broken(row.key, said.split("\n", 1)[0] ?? "")] };
    }
  }

  /** Tries the events again whose mapping could not be read. */
  async #routeWaiting(): Promise<void> {
    const now = Date.now();
    if (this.#waitingDueAt === null || this.#waitingDueAt > now) return;
    this.#waitingDueAt = null;
    let after = { seq: -1, n: -1 };
    for (;;) {
      const page = parkedPlaces(this.#sql, "", after, WAITING_BATCH);
      for (const waited of page) {
        const row = findEvent(this.#sql, waited.seq);
        if (row === null) continue;
        const routed = await this.#decide(row);
        if (routed.kind === "waits") {
          this.#waitLater();
          continue;
        }
        this.ctx.storage.transactionSync(() => {
          this.#ledger.changing(waited, () => {
            deleteOutcome(this.#sql, waited);
            this.#insert(row, routed.drafts, "rule");
          });
        });
      }
      const last = page.at(-1);
      if (last === undefined || page.length < WAITING_BATCH) return;
      after = last;
    }
  }

  /** Writes what was decided of an event, in one transaction. */
  #write(row: EventRow, drafts: Draft[]): void {
    this.ctx.storage.transactionSync(() => {
      this.#ledger.changing(row, () => void this.#insert(row, drafts, "rule"));
    });
  }

  #insert(row: { key: string; seq: number }, drafts: Draft[], role: Role): Outcome[] {
    const now = Date.now();
    const from = nextN(this.#sql, row.key);
    return drafts.map((draft, index) => {
      const pending = draft.state === "pending" && draft.destination !== "";
      const outcome = outcomeFrom(draft, {
        key: row.key,
        n: from + index,
        seq: row.seq,
        role,
        now,
        expectedAt: pending ? this.#pump.expect(draft.destination, now) : now,
        // Only what was just routed for the first time is found again after a restart without it.
        parked: role !== "rule" || draft.destination === "" || !this.#intake.isRecent(row.seq),
      });
      insertOutcome(this.#sql, outcome);
      if (pending) this.#pump.add(outcome);
      return outcome;
    });
  }

  #waitLater(): void {
    this.#waitingDueAt = Date.now() + WAITING_RETRY_MS;
    this.#wakeBy(this.#waitingDueAt);
  }

  /** Deletes what has expired, and notes when to look again. */
  #keepHouse(now: number): void {
    const { retentionDays } = this.#settings;
    const more = deleteExpired(this.ctx.storage, this.#ledger, retentionDays, now);
    const expiry = nextExpiry(this.#sql, retentionDays);
    const next = expiry === null ? null : Math.max(expiry + 1_000, now + HOUSEKEEPING_MS);
    this.#housekeepingDueAt = more ? now : next;
  }

  /** The directory learns a Relay's name before its first event; failing that, with the next one. */
  async #register(): Promise<void> {
    if (this.#registered) return;
    try {
      await this.env.RELAY.getByName(DIRECTORY).register(this.#name);
      this.register(this.#name);
      this.#registered = true;
    } catch (error) {
      warn("directory_unreachable", { relay: this.#name, error: String(error) });
    }
  }

  #knows(name: string): boolean {
    return this.#sql.exec("SELECT 1 FROM relays WHERE name = ?", name).toArray().length > 0;
  }

  #seqOf(key: string): number | null {
    return this.#intake.seqOf(key) ?? seqOfRouted(this.#sql, key);
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

/** The record of an event that cannot be routed yet: it keeps its place, and says why it waits. */
function waiting(key: string, reason: string): Draft {
  return draft(key, { state: "pending", reason });
}

/** The record of an event that a bug of ours kept from being routed; it can be replayed. */
function broken(key: string, said: string): Draft {
  return draft(key, {
    state: "failed",
    reason: `Causeway could not route it: ${said}. Replay it once that is mended.`,
  });
}
