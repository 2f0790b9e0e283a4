import type { Role } from "../relay/role.ts";
import type { OutcomeState } from "../relay/outcome-state.ts";
import type { DraftDocument } from "./draft-configuration.ts";

/** What a Relay is asked, as JSON in UTF-8: a draft, and the part of its events to run it over. */
export type BacktestRequest = {
  documents: DraftDocument[];
  /** Events that came at this moment or later, in milliseconds. */
  since: number;
  /** Goes on behind this event, by its `seq`; null: from the first. */
  after: number | null;
  limit: number;
  /** Only events of these paths and what is below them; null: all. */
  paths: string[] | null;
  /** Who asks: viewers have rules see events without what pages leave out. */
  role: "view" | "edit";
};

/** Events oldest first; `next` is where to go on, null at the end. */
export type BacktestPage = { items: Backtested[]; next: number | null };

/** One event that was received: what the draft makes of it, and what became of it. */
export type Backtested = {
  id: string;
  /** When it was received, ISO 8601. */
  at: string;
  type: string;
  title: string | null;
  /** The path whose mappings apply; of Slack's events the channel. */
  project: string | null;
  confidential: boolean;
  /**
   * - `routed`: the two can be compared.
   * - `undecided`: it still waits to be routed.
   * - `failed`: it could not be routed then.
   * - `unreadable`: there is nothing to run.
   */
  state: "routed" | "undecided" | "failed" | "unreadable";
  /** Why nothing would come of it; null: something would. */
  reason: string | null;
  /** Why the draft cannot be run on it: a mapping that cannot be used, or a mistake of Causeway's. */
  problem: string | null;
  would: WouldSend[];
  did: DidSend[];
};

/** What the draft would send. */
export type WouldSend = {
  destination: string;
  mapping: string;
  rule: string;
  /** `pending`: it would be sent. */
  state: "pending" | "shadow" | "filtered";
  shadow: boolean;
  /** Why it would not be sent, or what is wrong with the message or the destination; null: nothing. */
  reason: string | null;
  /** Whether the reason is something to put right: a template that fails, a destination that is missing. */
  faulty: boolean;
};

/** What was made of it: `role` tells replays and alerts from what the rules did. */
export type DidSend = {
  destination: string;
  mapping: string | null;
  rule: string | null;
  state: OutcomeState;
  reason: string | null;
  role: Role;
};
