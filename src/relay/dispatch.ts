import { DESTINATIONS } from "../mappings/destination-key.ts";
import { whyThisMessage } from "../asking/why-this-message.ts";
import type { BacktestPage, BacktestRequest } from "../simulation/backtest.ts";
import { backtestEvents } from "./backtest-events.ts";
import type { Env } from "../env.ts";
import { parseDestination, parseMapping, parsePerson } from "../mappings/parse-document.ts";
import type { Settings } from "../settings.ts";
import { slackApi } from "../slack/call-slack.ts";
import { FactFinder } from "../slack/fact-finder.ts";
import { type Configuration } from "./configuration.ts";
import { Documents, type DocumentProblem } from "./documents.ts";
import type { Intake } from "./intake.ts";
import type { Lanes } from "./lanes.ts";
import type { Ledger } from "./ledger.ts";
import type { MissingScopes } from "./missing-scopes.ts";
import { documentKind } from "../publishing/document-kind.ts";
import type { Told } from "../publishing/teller.ts";
import { PeopleIndex } from "./people-index.ts";
import { oneLine } from "../words/one-line.ts";
import { addReplays } from "./add-replays.ts";
import { readEvent, type EventRow } from "./events.ts";
import { deliveryId } from "./ids.ts";
import { outcomesOf } from "./outcomes.ts";
import { newRun, Pump } from "./pump.ts";
import { asItWas } from "./replay-as-it-was.ts";
import { testsOf, type TestOrder } from "./replay-as-test.ts";
import { todaysRules } from "./todays-rules.ts";
import { simulateEvent, type Simulation } from "../simulation/simulate-event.ts";
import { sourceOf } from "./relay-name.ts";
import type { Draft } from "./route-event.ts";
import { isWaiting, Routing, type Replay } from "./routing.ts";

const UNDECIDED = "it waits to be decided for the first time";

/** What dispatch needs of its Relay. */
export type DispatchOptions = {
  storage: DurableObjectStorage;
  relay: string;
  env: Env;
  settings: Settings;
  ledger: Ledger;
  lanes: Lanes;
  intake: Intake;
  missingScopes: MissingScopes;
  /** Keeps the object alive until the promise has settled. */
  background: (promise: Promise<void>) => void;
  /** Sees to it that the Relay goes on at this time (milliseconds) at the latest. */
  wakeBy: (at: number) => void;
  /** Goes on at once, in an invocation of its own with limits of its own. */
  goOn: () => void;
  /** Starts the Relay anew from what is on disk. */
  restart: (why: string) => void;
  /** Lets events in that are coming at this moment. */
  letBurstIn: () => Promise<void>;
};

/**
 * What follows when an event is accepted: it is routed and its deliveries are sent, by the documents
 * that operations edit. Templates, CEL, Markdown and schemas come with it, which take longer to load
 * than all the rest: a Relay that only has to accept does not wait for them.
 */
export class Dispatch {
  readonly configuration: Configuration;
  readonly pump: Pump;
  readonly routing: Routing;
  readonly #relay: string;
  readonly #options: Omit<DispatchOptions, "intake">;

  constructor({ intake, ...options }: DispatchOptions) {
    const { env, settings, relay, missingScopes } = options;
    const { sql } = options.storage;
    this.#relay = relay;
    this.#options = options;
    this.configuration = {
      mappings: new Documents(sql, env.MAPPINGS, parseMapping, () => this.routing.mappingChanged()),
      destinations: new Documents(sql, env.MAPPINGS, parseDestination, (key) =>
        this.pump.prompt(key.slice(DESTINATIONS.length)),
      ),
      people: new Documents(sql, env.MAPPINGS, parsePerson),
      peopleIndex: new PeopleIndex(env.MAPPINGS, (prefix, now) =>
        this.configuration.people.held(prefix, now),
      ),
    };
    const shared = { ...options, configuration: this.configuration };
    this.pump = new Pump(shared);
    const finder = new FactFinder({
      slack: slackApi(env, settings),
      lacks: (scope, method) => missingScopes.lacks(scope, method, Date.now()),
      has: (scopes) => missingScopes.has(scopes),
    });
    this.routing = new Routing({
      ...shared,
      intake,
      pump: this.pump,
      slack: {
        finder,
        whyThisMessage: (message, channel) => whyThisMessage(env, message, channel),
      },
    });
  }

  /** The documents that cannot be used as they are, with what is used meanwhile. */
  documentProblems(): DocumentProblem[] {
    const { mappings, destinations, people } = this.configuration;
    const unnamed = people
      .problems()
      .map((problem) =>
        problem.using.startsWith("nothing") ? { ...problem, using: "the person's name" } : problem,
      );
    return [...mappings.problems(), ...destinations.problems(), ...unnamed];
  }

  /** Runs a draft of the documents over stored events, as many as one call may look at; see `Relay.backtest`. */
  async backtest(sql: SqlStorage, json: Uint8Array): Promise<BacktestPage> {
    const request = JSON.parse(new TextDecoder().decode(json)) as BacktestRequest;
    return await backtestEvents(sql, this.#relay, request);
  }

  /** Sends the messages of an event once more as they were, see {@link asItWas}. */
  replayAsItWas(row: EventRow, only: string[] | null, by: string | null): Replay {
    const outcomes = outcomesOf(this.#options.storage.sql, row.key);
    if (outcomes.some(isWaiting)) return { deliveries: [], reason: UNDECIDED };
    const { drafts, reason } = asItWas(outcomes, only);
    return { deliveries: this.#add(row, drafts, { role: "replay", by }), reason };
  }

  /**
   * Sends an event's messages to one channel, marked as a test, see {@link testsOf}. A channel that is
   * paused gets none: it would come when nobody remembers it.
   */
  async replayAsTest(row: EventRow, order: TestOrder): Promise<Replay> {
    const { lanes, storage } = this.#options;
    const { sql } = storage;
    const paused = lanes.pauses().find(({ destination }) => destination === order.to);
    if (paused !== undefined) {
      const { said, fix } = paused.pause;
      const reason = `"${order.to}" is paused (${oneLine(said, 200)}). ${fix.replace(/\.$/, "")}`;
      return { deliveries: [], reason };
    }
    const tests = await testsOf(sql, this.#relay, this.configuration, row, order);
    if ("reason" in tests) return { deliveries: [], reason: tests.reason };
    // What is added to an event comes behind what routing makes of it; meanwhile it may have expired.
    const outcomes = outcomesOf(sql, row.key);
    if (outcomes.length === 0 || outcomes.some(isWaiting)) {
      return { deliveries: [], reason: UNDECIDED };
    }
    return {
      deliveries: this.#add(row, tests.drafts, { role: "test", by: order.by }),
      reason: null,
    };
  }

  /** What today's rules would make of an event; null: its body is unreadable. Nothing is sent or stored. */
  async simulate(row: EventRow): Promise<Simulation | null> {
    const read = readEvent(this.#options.storage.sql, this.#relay, row);
    if (read === null) return null;
    await todaysRules(this.configuration, read, Date.now());
    return simulateEvent(read.event, read.payload, this.configuration);
  }

  #add(row: EventRow, drafts: Draft[], why: Parameters<typeof addReplays>[3]): string[] {
    if (drafts.length === 0) return [];
    const parts = { ...this.#options, pump: this.pump };
    return addReplays(parts, row, drafts, why).map((n) => deliveryId(this.#relay, row.key, n));
  }

  /** Works from now on by these documents, whatever KV still shows. */
  learn(documents: Told[], now: number): void {
    const { mappings, destinations, people, peopleIndex } = this.configuration;
    for (const told of documents) {
      const kind = documentKind(told.key);
      switch (kind) {
        case "gitlab mapping":
        case "slack mapping":
          mappings.learn(told, now);
          break;
        case "destination":
          destinations.learn(told, now);
          break;
        case "person":
          // The events of GitLab's name few of all the people there are, those of Slack's anybody.
          if (sourceOf(this.#relay) === "slack" || people.knows(told.key)) people.learn(told, now);
          break;
        case null:
          break;
      }
    }
    if (documents.some(({ key }) => documentKind(key) === "person")) peopleIndex.learn(now);
  }

  /** Whether work is under way. */
  get isBusy(): boolean {
    return this.routing.isBusy || this.pump.isSending;
  }

  /** Starts what can be sent, and routes what is unrouted; says when to look again, if it must be. */
  async work(): Promise<number | null> {
    const run = newRun(this.#relay);
    this.pump.run(run);
    await this.routing.work(run);
    return this.routing.wakeAt;
  }
}
