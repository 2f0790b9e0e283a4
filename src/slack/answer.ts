import type { IssueDraft, MadeIssue } from "../gitlab/issues-api.ts";

/** Why a destination cannot take messages until a person has done something. */
export type Blockage = "target" | "auth" | "configuration";

/**
 * What became of one send, as a decision for the queue:
 * - `delivered`: Slack took it; `posted` where a message can be found again, `issue` if one was made.
 * - `wait`: Slack asks for patience; nothing was posted, the whole destination waits.
 * - `retry`: it may work later; `maybePosted` when the answer was lost or ambiguous.
 * - `refused`: this message will never be taken as it is; with `whatever`, no other form of it either.
 * - `blocked`: nothing will be taken until `fix` is done; the destination pauses, as `code`. `scope`
 *   is what the Slack app may not do.
 */
export type Answer = {
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** Slack's words or ours, short, without secrets. */
  said: string;
} & (
  | { outcome: "delivered"; posted?: Posted; issue?: MadeIssue }
  | { outcome: "wait"; afterMs: number | null }
  | { outcome: "retry"; maybePosted: boolean }
  | { outcome: "refused"; whatever?: true }
  | { outcome: "blocked"; cause: Blockage; code: string; fix: string; scope?: string }
);

/** A send that did not go through. */
export type Failure = Exclude<Answer, { outcome: "delivered" }>;

/** Where a message of the bot's stands. */
export type Posted = { channel: string; ts: string };

/** What a target takes: a workflow's variables, a message, an issue. */
export type OutgoingContent =
  | { kind: "workflow"; variables: Record<string, string> }
  | {
      kind: "message";
      text: string;
      blocks: { type: string; [key: string]: unknown }[] | null;
      /** The message on whose thread it hangs; absent or null: none. */
      thread?: string | null;
      /** The address of the message that it is about, for readers who do not see it beside that. */
      about?: string | null;
    }
  /** `answerIn`: the target that is told of the issue once it is there. */
  | { kind: "issue"; draft: IssueDraft; answerIn: string };

/** What is sent: content, or that a message is to be deleted. */
export type Outgoing = OutgoingContent | ({ kind: "deletion" } & Posted);
