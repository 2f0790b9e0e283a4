/** What only events of Slack's have: what somebody did in a channel. */
export type SlackDetails = {
  of: "slack";
  /** The emoji by its one name, without colons; null: it is no reaction. */
  emoji: string | null;
  channel: SlackChannel | null;
  /** The message that it is about; null: it is about none. */
  message: SlackMessageFacts | null;
  /** Whether Causeway did it itself. */
  own: boolean;
  /** Of each user group that rules ask for, whether the person is in it; null: Slack does not say. */
  groups: Record<string, boolean | null>;
  /** Why there can be no answer to it, for the record; null: there can. */
  unanswerable: string | null;
};

type SlackChannel = { id: string; name: string | null };

/** A message of Slack's, as far as scopes allow to know it. */
export type SlackMessageFacts = {
  /** Its id in its channel. */
  ts: string;
  /** As people read it, without Slack's markup. */
  text: string | null;
  permalink: string | null;
  /** The message that its thread hangs on: itself when it starts one or stands alone. */
  root: string;
  /** Whether it is a reply in a thread. */
  isReply: boolean;
  /** The delivery that it is, when it is one of Causeway's own; else null. */
  notice: string | null;
  /** Whether a person wrote it, and not a bot, workflow or webhook; null: not known. */
  byPerson: boolean | null;
};
