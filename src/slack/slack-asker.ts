import type { JsonObject } from "../json.ts";
import { callSlack, type SlackApi, type SlackArguments } from "./call-slack.ts";

/** What Slack says of a question; `unknown`: it never will; `later`: it may, when it is asked again. */
export type Asked<T> =
  | { is: "known"; value: T }
  | { is: "unknown"; why: string }
  | { is: "later"; why: string; inMs: number; about: "slack" | "question" };

/** What the asker needs of its Relay. */
export type SlackAskerOptions = {
  /** Null: there is no bot token. */
  slack: SlackApi | null;
  /** Told of a scope that the app lacks, and the method that needed it. */
  lacks: (scope: string, method: string) => void;
  /** Told of the scopes that the app has. */
  has: (scopes: string[]) => void;
};

/** A question as a method of the Web API; `about` is what it asks, in words. */
export type Question<T> = {
  method: string;
  about: string;
  given: SlackArguments;
  read: (answer: JsonObject) => T;
};

/** A Slack that does not answer is not asked again for each event: for so long, then twice as long … */
const HOLD_MS = 2_000;
const MAX_HOLD_MS = 30_000;
/** When one question is asked again. */
const QUESTION_MS = 10_000;
/** What a 429 without `Retry-After` asks for is not documented; windows are a minute. */
const RATE_LIMITED_MS = 30_000;
/** Slack refuses the bot whatever is asked. */
const TOKEN_WORDS = [
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
];

/** Asks Slack one question at a time, and leaves it alone for a while when it does not answer. */
export class SlackAsker {
  readonly #options: SlackAskerOptions;
  /** Why Slack is not asked for the moment, since when and until when. */
  #hold: { since: number; until: number; why: string } | null = null;
  /** How often in a row Slack did not answer. */
  #failures = 0;
  #asked = 0;

  constructor(options: SlackAskerOptions) {
    this.#options = options;
  }

  /** How often Slack was asked. */
  get asked(): number {
    return this.#asked;
  }

  /** Asks, unless there is no token or Slack is to be left alone. */
  async ask<T>({ method, about, given, read }: Question<T>): Promise<Asked<T>> {
    const { slack, lacks, has } = this.#options;
    if (slack === null) {
      return {
        is: "later",
        why: "Slack cannot be asked: the Worker has no secret SLACK_BOT_TOKEN.",
        inMs: MAX_HOLD_MS,
        about: "slack",
      };
    }
    const now = Date.now();
    // Before it began there was none: the clock has been set back.
    if (this.#hold !== null && this.#hold.since <= now && now < this.#hold.until) {
      const inMs = this.#hold.until - now;
      return { is: "later", why: this.#hold.why, inMs, about: "slack" };
    }
    this.#asked += 1;
    const called = await callSlack(slack, method, given, read);
    if (called.ok) {
      this.#failures = 0;
      has(called.scopes);
      return { is: "known", value: called.value };
    }
    const { answer } = called;
    const why = `Slack did not say ${about} (${method}: ${answer.said})`;
    switch (answer.outcome) {
      case "wait":
        return this.#later(`${why}.`, answer.afterMs ?? RATE_LIMITED_MS);
      case "retry":
        // A word of Slack's is about the question; no answer, or none of Slack's, is about Slack.
        if (called.isSlacks) {
          return { is: "later", why: `${why}.`, inMs: QUESTION_MS, about: "question" };
        }
        this.#failures += 1;
        return this.#later(`${why}.`, Math.min(MAX_HOLD_MS, HOLD_MS * 2 ** (this.#failures - 1)));
      case "refused":
        return { is: "unknown", why: `${why}.` };
      case "blocked": {
        if (answer.scope !== undefined) lacks(answer.scope, method);
        // What to do about a scope is said once, not for each question.
        const said = answer.scope === undefined ? `${why}. ${answer.fix}` : `${why}.`;
        const isWhole = answer.cause === "configuration" || TOKEN_WORDS.includes(answer.code);
        return isWhole ? this.#later(said, MAX_HOLD_MS) : { is: "unknown", why: said };
      }
    }
  }

  /** Leaves Slack alone for a while. */
  #later(why: string, inMs: number): Extract<Asked<never>, { is: "later" }> {
    const since = Date.now();
    this.#hold = { since, until: since + inMs, why };
    return { is: "later", why, inMs, about: "slack" };
  }
}
