import type { ChannelNames } from "../slack-names/channel-name.tsx";

/** What the parts of the page have in common. */
export type FailedProps = {
  /** The Slack channels of destinations, by their names. */
  channels: Map<string, string>;
  names: ChannelNames;
  mayChange: boolean;
  now: number;
};
