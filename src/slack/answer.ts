/** Why a destination cannot take messages until a person has done something. */
export type Blockage = "target" | "auth" | "configuration";

/**
 * What became of one send, as a decision for the queue:
 * - `delivered`: Slack took it.
 * - `wait`: Slack asks for patience; nothing was posted, the whole destination waits.
 * - `retry`: it may work later; `maybePosted` when the answer was lost or ambiguous.
 * - `refused`: this message will never be taken as it is.
 * - `blocked`: nothing will be taken until `fix` is done; the destination pauses, as `code`.
 */
export type Answer = {
  /** HTTP status, or null when there was no answer. */
  status: number | null;
  /** Slack's words or ours, short, without secrets. */
  said: string;
} & (
  | { outcome: "delivered"; ts: string | null }
  | { outcome: "wait"; afterMs: number | null }
  | { outcome: "retry"; maybePosted: boolean }
  | { outcome: "refused" }
  | { outcome: "blocked"; cause: Blockage; code: string; fix: string }
);

/** What a destination takes: a workflow's variables, or a message. */
export type Outgoing =
  | { kind: "workflow"; variables: Record<string, string> }
  | { kind: "message"; text: string; blocks: { type: string; [key: string]: unknown }[] | null };
