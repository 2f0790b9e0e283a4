import type { SlackMessageFacts } from "./slack-details.ts";

/** Somebody in Slack. */
export type SlackMember = {
  username: string | null;
  name: string | null;
  bot: boolean;
  /** The person's username in GitLab, when a person document says so. */
  gitlab: string | null;
};

/** What had to be asked of Slack about an event, because its body does not say it. */
export type SlackFacts = {
  /** The user id of Causeway's bot. */
  bot: string | null;
  channelName: string | null;
  /** Null: the event is about no message. */
  message: (Omit<SlackMessageFacts, "ts"> & { author: string | null }) | null;
  /** Members by id. */
  people: Record<string, SlackMember>;
  /** Of each user group that was asked for, whether the person is in it; null: Slack does not say. */
  groups: Record<string, boolean | null>;
  /** What Slack would not say, one sentence each. */
  unknown: string[];
};
