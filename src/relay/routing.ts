import { log, traceOf, warn } from "../log.ts";
import { targetInWords } from "../mappings/address.ts";
import { mappingKeys, type Source } from "../mappings/mapping-keys.ts";
import { named } from "../words/named.ts";
import { forgetAnswer, recordAnswer } from "./answering/answers.ts";
import { atomically } from "./atomically.ts";
import { stillWaits } from "./backoff.ts";
import { applyingMappings, type Configuration } from "./configuration.ts";
import { findEvent, keepFacts, type EventRow } from "./events.ts";
import { deliveryId, eventId } from "./ids.ts";
import type { Intake } from "./intake.ts";
import type { Ledger } from "./ledger.ts";
import {
  deleteOutcome,
  deletePlaceless,
  findOutcome,
  insertOutcome,
  nextN,
  outcomesOf,
  parkedDestinations,
  parkedPlaces,
  untried,
  updateOutcome,
  type Outcome,
  type Place,
} from "./outcomes.ts";
import type { Role } from "./role.ts";
import type { Pump, Run } from "./pump.ts";
import { draft, routeEvent, type Draft, type Route } from "./route-event.ts";
import { routeSlackEvent, type SlackContext } from "./answering/route-slack-event.ts";
import { sourceOf } from "./relay-name.ts";
import { packContent } from "./stored-content.ts";

/** An event that cannot be routed yet is tried again this often, unless it says when. */
const WAITING_RETRY_MS = 30_000;
/** One invocation asks Slack so often at most, beside its sends (50 subrequests on the free plan). */
const MAX_ASKED_PER_RUN = 8;
const BATCH = 20;
const WAITING_BATCH = 100;

/** What routing needs of its Relay. */
export type RoutingOptions = {
  storage: DurableObjectStorage;
  relay: string;
  configuration: Configuration;
  ledger: Ledger;
  intake: Intake;
  pump: Pump;
  /** Goes on at once, in an invocation of its own with limits of its own. */
  goOn: () => void;
  /** Lets events in that are coming at this moment. */
  letBurstIn: () => Promise<void>;
  /** What is asked about Slack's events, and of whom. */
  slack: Pick<SlackContext, "finder" | "whyThisMessage">;
};

/** What a replay came to: ids of the new deliveries, and why there are none or some are left out. */
export type Replay = { deliveries: string[]; reason: string | null };

/** Why an event is routed: for its rules, or because somebody wants it again. */
type Why = { role: Role; by: string | null };

const BY_RULE: Why = { role: "rule", by: null };

/** What is written of an event that was routed. */
type Decided = Omit<Extract<Route, { kind: "routed" }>, "kind">;

/**
 * Turns accepted events into outcomes, in the order in which they came. An event whose mapping
 * cannot be used, or about which Slack has to be asked again, waits, and the others pass.
 */
export class Routing {
  readonly #options: RoutingOptions;
  readonly #sql: SqlStorage;
  readonly #source: Source;
  #busy = false;
  /** When events that could not be routed are tried again; null: none waits. */
  #waitingDueAt: number | null;
  /** Whether a mapping has changed since the events that wait were last looked through. */
  #mappingsChanged = false;

  constructor(options: RoutingOptions) {
    this.#options = options;
    this.#sql = options.storage.sql;
    this.#source = sourceOf(options.relay);
    this.#waitingDueAt = parkedDestinations(this.#sql).includes("") ? 0 : null;
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  /** When there is something to do next; null: when an event comes. */
  get wakeAt(): number | null {
    return this.#waitingDueAt;
  }

  /** A mapping has changed: events that wait may be waiting for it. */
  mappingChanged(): void {
    this.#mappingsChanged = true;
    if (this.#waitingDueAt !== null) this.#waitingDueAt = 0;
  }

  /** Routes everything that can be routed, and starts sends as it goes. */
  async work(run: Run): Promise<void> {
    const { intake, pump, configuration } = this.#options;
    if (this.#busy) return;
    this.#busy = true;
    const { finder } = this.#options.slack;
    const before = finder.asked;
    const isSpent = (): boolean => finder.asked - before >= MAX_ASKED_PER_RUN;
    try {
      await this.#routeWaiting(isSpent);
      pump.run(run);
      while (intake.hasUnrouted) {
        const batch = intake.unrouted(BATCH).flatMap(({ seq }) => findEvent(this.#sql, seq) ?? []);
        // All at once, so that many projects wait for KV together and not one after the other.
        const keys = new Set(batch.flatMap(({ path }) => mappingKeys(this.#source, path)));
        await configuration.mappings.refresh([...keys], Date.now());
        // What could be read again now came before this batch, and goes before it.
        await this.#routeWaiting(isSpent);
        for (const row of batch) {
          if (isSpent()) break;
          await this.#route(row, isSpent);
        }
        if (isSpent()) run.sendsLeft = 0;
        pump.run(run);
        if (isSpent()) {
          if (intake.hasUnrouted) this.#options.goOn();
          return;
        }
        const settled = intake.settleOld(() => pump.oldestRecent());
        if (settled !== null) pump.park(settled);
        if (intake.hasUnrouted) await this.#options.letBurstIn();
      }
    } finally {
      this.#busy = false;
    }
  }

  /**
   * Routes an event once more by today's mappings. What stood for "nowhere to go" is decided anew;
   * deliveries that there are stay, and so does what the rules said at first. One that still waits is routed for the first time. `only`: it is
   * sent to these destinations and to no others; null: to all. What waits there already in the same
   * words is not sent twice.
   */
  async replay(row: EventRow, only: string[] | null, by: string | null): Promise<Replay> {
    const { configuration, ledger, storage } = this.#options;
    configuration.mappings.expire();
    configuration.destinations.expire();
    configuration.people.expire();
    configuration.peopleIndex.expire();
    const waits = outcomesOf(this.#sql, row.key).find(isWaiting);
    if (waits !== undefined && only !== null) {
      const reason = "it waits to be decided for the first time, for all destinations at once";
      return { deliveries: [], reason };
    }
    const routed = await this.#decide(row, waits === undefined);
    if (routed.kind === "waits") return { deliveries: [], reason: routed.reason };
    if (waits !== undefined) {
      this.#resume(waits, row, routed);
      return this.#replayOf(row, outcomesOf(this.#sql, row.key));
    }
    const decided = only === null ? routed : onlyTo(only, routed);
    if (decided.drafts.length === 0) {
      return { deliveries: [], reason: `no rule sends it to ${only?.join(" or ")} today` };
    }
    const before = outcomesOf(this.#sql, row.key);
    const drafts = decided.drafts.filter((each) => !waitsAlready(each, before));
    const left = decided.drafts.filter((each) => !drafts.includes(each));
    const said = [...new Set(left.map(({ destination }) => targetInWords(destination)))];
    const reason =
      said.length === 0 ? null : `${named(said)}: the same message still waits to be sent`;
    if (drafts.length === 0) return { deliveries: [], reason };
    let written: Outcome[] = [];
    storage.transactionSync(() => {
      ledger.changing(row, () => {
        deletePlaceless(this.#sql, row.key);
        written = this.#insert(row, { ...decided, drafts }, { role: "replay", by });
      });
    });
    const replayed = this.#replayOf(row, written);
    return { ...replayed, reason: replayed.reason ?? reason };
  }

  #replayOf({ key }: EventRow, outcomes: Outcome[]): Replay {
    const { relay } = this.#options;
    const deliveries = outcomes.filter(({ destination }) => destination !== "");
    log("replayed", { id: eventId(relay, key), deliveries: deliveries.length });
    return {
      deliveries: deliveries.map(({ n }) => deliveryId(relay, key, n)),
      reason: deliveries.length === 0 ? (outcomes[0]?.reason ?? null) : null,
    };
  }

  async #route(row: EventRow, isSpent: () => boolean): Promise<void> {
    const { intake, relay, storage, ledger } = this.#options;
    const routed = await this.#decide(row);
    // What waited for a mapping that could be read again just now came before.
    if (this.#mappingsChanged) await this.#routeWaiting(isSpent);
    if (routed.kind === "waits") {
      warn("event_waits", { id: eventId(relay, row.key), reason: routed.reason });
      this.#waitingDueAt = Math.min(
        this.#waitingDueAt ?? Number.POSITIVE_INFINITY,
        Date.now() + (routed.retryMs ?? WAITING_RETRY_MS),
      );
    }
    const write = (decided: Decided): void => {
      const alone = decided.drafts.length === 1 && this.#source === "gitlab";
      atomically(storage, alone && row.seq > ledger.settled ? "one" : "many", () => {
        ledger.changing(row, () => void this.#insert(row, decided));
      });
    };
    try {
      write(
        routed.kind === "waits"
          ? { drafts: [waiting(routed.subject ?? row.key, routed.reason)] }
          : routed,
      );
    } catch (error) {
      write({ drafts: [this.#broken(row, error)] });
    }
    intake.routed(row.key);
  }

  /** Where an event goes. A bug of ours fails this event, visibly, and holds up no other. */
  async #decide(row: EventRow, replay = false): Promise<Route> {
    const { relay, configuration, slack } = this.#options;
    const now = Date.now();
    try {
      if (this.#source === "gitlab") {
        return await routeEvent(this.#sql, relay, configuration, row, now);
      }
      const context: SlackContext = { sql: this.#sql, relay, configuration, ...slack };
      return await routeSlackEvent(context, row, now, replay);
    } catch (error) {
      return { kind: "routed", drafts: [this.#broken(row, error)] };
    }
  }

  /** Tries the events again that could not be routed, when that is due. */
  async #routeWaiting(isSpent: () => boolean): Promise<void> {
    const dueAt = this.#waitingDueAt;
    if (dueAt === null || stillWaits(dueAt, Date.now())) return;
    let retryMs: number;
    do {
      this.#mappingsChanged = false;
      retryMs = await this.#tryWaiting(isSpent);
      // An event that was passed over may be wanted now, and goes before those behind it.
    } while (this.#mappingsChanged);
    this.#waitingDueAt = Number.isFinite(retryMs) ? Date.now() + retryMs : null;
  }

  /**
   * Tries those that wait, in order, until a mapping changes. Returns when to try the others again, in
   * ms: 0 where this invocation has asked enough, Infinity where none is left.
   */
  async #tryWaiting(isSpent: () => boolean): Promise<number> {
    const { configuration } = this.#options;
    let retryMs = Number.POSITIVE_INFINITY;
    let after: Pick<Place, "seq" | "n"> = { seq: -1, n: -1 };
    for (;;) {
      const page = parkedPlaces(this.#sql, "", after, WAITING_BATCH);
      const rows = page.flatMap((place) => {
        const row = findEvent(this.#sql, place.seq);
        return row === null ? [] : [{ place, row }];
      });
      const keys = new Set(rows.flatMap(({ row }) => mappingKeys(this.#source, row.path)));
      await configuration.mappings.refresh([...keys], Date.now());
      // On the first page everything is still to come.
      if (after.seq < 0) this.#mappingsChanged = false;
      for (const { place, row } of rows) {
        // The next invocation goes on from the first.
        if (isSpent()) return 0;
        const { usable } = applyingMappings(configuration, mappingKeys(this.#source, row.path));
        const routed = usable ? await this.#decide(row) : null;
        if (this.#mappingsChanged) return 0;
        if (routed?.kind === "routed") this.#resume(place, row, routed);
        else retryMs = Math.min(retryMs, routed?.retryMs ?? WAITING_RETRY_MS);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < WAITING_BATCH) return retryMs;
      after = last;
    }
  }

  /** Puts what was decided in the place of the record that an event waits. */
  #resume(place: Pick<Place, "key" | "n">, row: EventRow, decided: Decided): void {
    const { storage, ledger } = this.#options;
    storage.transactionSync(() => {
      const waited = findOutcome(this.#sql, place.key, place.n);
      // A replay may have been quicker.
      if (waited === null || !isWaiting(waited)) return;
      ledger.changing(row, () => {
        deleteOutcome(this.#sql, place);
        this.#insert(row, decided);
      });
    });
  }

  #insert(row: EventRow, { drafts, facts }: Decided, { role, by }: Why = BY_RULE): Outcome[] {
    const { ledger, pump } = this.#options;
    const now = Date.now();
    if (facts !== undefined) keepFacts(this.#sql, row.seq, facts);
    // What is routed for the first time has no outcome yet.
    const from = role === "rule" ? 0 : nextN(this.#sql, row.key);
    return drafts.map(({ claims = [], takesBack, replaces, ...drafted }, index) => {
      if (replaces !== undefined) {
        this.#withdraw(replaces, `the rule names another target now: ${drafted.destination}`);
      }
      const each = takesBack === undefined ? drafted : this.#takenBack(drafted, takesBack);
      const queued = each.state === "pending" && each.destination !== "";
      const outcome: Outcome = {
        ...untried(),
        ...each,
        key: row.key,
        n: from + index,
        seq: row.seq,
        role,
        askedBy: by,
        createdAt: now,
        expectedAt: queued ? pump.expect(each.destination, now) : now,
        finishedAt: each.state === "pending" ? null : now,
      };
      insertOutcome(this.#sql, ledger.settled, outcome);
      for (const claim of claims) recordAnswer(this.#sql, claim, outcome, now);
      if (queued) pump.add(outcome);
      return outcome;
    });
  }

  /** An answer that has not gone out yet stays here; one that has is deleted in its turn. */
  #takenBack(drafted: Draft, answers: string[]): Draft {
    const { content } = drafted;
    const given =
      content?.kind === "undo" ? findOutcome(this.#sql, content.of.key, content.of.n) : null;
    if (given?.state === "delivered" && given.posted === null) {
      const reason = "what was sent there cannot be taken back";
      return { ...drafted, state: "filtered", content: null, reason };
    }
    for (const answer of answers) forgetAnswer(this.#sql, answer);
    const reason = "the reaction was taken back before it was answered";
    if (given === null || !this.#withdraw(given, reason)) return drafted;
    return { ...drafted, state: "filtered", reason: "the answer had not been sent yet" };
  }

  /** Ends a delivery that still waits; false when its send has begun. */
  #withdraw(outcome: Outcome, reason: string): boolean {
    const { pump, ledger } = this.#options;
    if (!pump.withdraw(outcome)) return false;
    const ended: Outcome = { ...outcome, state: "filtered", reason, finishedAt: Date.now() };
    ledger.changing(outcome, () => updateOutcome(this.#sql, ledger.settled, ended));
    return true;
  }

  /** The record of an event that a bug of ours kept from being routed; it can be replayed. */
  #broken(row: EventRow, error: unknown): Draft {
    const said = traceOf(error);
    warn("routing_crashed", { id: eventId(this.#options.relay, row.key), error: said });
    const [first = ""] = said.split("\n", 1);
    return draft(row.key, {
      state: "failed",
      reason: `Causeway could not route it: ${first}. Replay it once that is mended.`,
    });
  }
}

function onlyTo(destinations: string[], { drafts, ...decided }: Decided): Decided {
  return {
    ...decided,
    drafts: drafts.filter(({ destination }) => destinations.includes(destination)),
  };
}

/** Whether the same message is on its way already: by the same rule, in the same words. */
function waitsAlready(
  { state, destination, mapping, rule, content }: Draft,
  before: Outcome[],
): boolean {
  return (
    state === "pending" &&
    destination !== "" &&
    before.some(
      (each) =>
        each.state === "pending" &&
        each.destination === destination &&
        each.mapping === mapping &&
        each.rule === rule &&
        packContent(each.content) === packContent(content),
    )
  );
}

/** Whether this is the record of an event that could not be routed yet. */
export function isWaiting({ state, destination }: Outcome): boolean {
  return state === "pending" && destination === "";
}

/** The record of an event that cannot be routed yet: it keeps its place, and says why it waits. */
function waiting(subject: string, reason: string): Draft {
  return draft(subject, { state: "pending", reason });
}
