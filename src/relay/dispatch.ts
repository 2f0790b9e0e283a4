import { whyThisMessage } from "../asking/why-this-message.ts";
import type { BacktestPage, BacktestRequest } from "../simulation/backtest.ts";
import { backtestEvents } from "./backtest-events.ts";
import type { Env } from "../env.ts";
import { parseDestination, parseMapping, parsePerson } from "../mappings/parse-document.ts";
import type { Settings } from "../settings.ts";
import { slackApi } from "../slack/call-slack.ts";
import { FactFinder } from "../slack/fact-finder.ts";
import { destinationKey, type Configuration } from "./configuration.ts";
import { Documents, type DocumentProblem } from "./documents.ts";
import type { Intake } from "./intake.ts";
import type { Lanes } from "./lanes.ts";
import type { Ledger } from "./ledger.ts";
import type { MissingScopes } from "./missing-scopes.ts";
import { documentKind } from "../publishing/document-kind.ts";
import type { Told } from "../publishing/teller.ts";
import { PeopleIndex } from "./people-index.ts";
import { newRun, Pump } from "./pump.ts";
import { sourceOf } from "./relay-name.ts";
import { Routing } from "./routing.ts";

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

  constructor({ intake, ...options }: DispatchOptions) {
    const { env, settings, relay, missingScopes } = options;
    const { sql } = options.storage;
    this.#relay = relay;
    this.configuration = {
      mappings: new Documents(sql, env.MAPPINGS, parseMapping, () => this.routing.mappingChanged()),
      destinations: new Documents(sql, env.MAPPINGS, parseDestination, (key) =>
        this.pump.prompt(key.slice(destinationKey("").length)),
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
