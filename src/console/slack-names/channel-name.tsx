import { EVERY_CHANNEL } from "../../operations/reactions/reaction-matrix.ts";

/** What channels are called, by id, as far as that is known. */
export type ChannelNames = ReadonlyMap<string, string>;

/** "every channel", "#outages", or the id. */
export function channelInWords(channel: string, names: ChannelNames): string {
  if (channel === EVERY_CHANNEL) return "every channel";
  const name = names.get(channel);
  return name === undefined ? channel : `#${name}`;
}

/** What a channel is called; a name that comes later is put here. */
export function ChannelName({ channel, names }: { channel: string; names: ChannelNames }) {
  return <span data-channel={channel}>{channelInWords(channel, names)}</span>;
}

/** More would be too long for an address. */
const MAX_CHANNELS = 500;

/** Asks what these channels are called, once the page is there and `wait` seconds are over: Slack may take its time. */
export function AskForNames({ channels, wait = 0 }: { channels: string[]; wait?: number }) {
  if (channels.length === 0) return null;
  const query = new URLSearchParams(
    channels.slice(0, MAX_CHANNELS).map((channel) => ["channel", channel]),
  );
  return (
    <p
      class="small soft"
      hx-get={`/admin/channel-names?${query.toString()}`}
      hx-trigger={`load delay:${wait}s`}
      hx-swap="outerHTML"
    >
      {wait > 1
        ? `Slack asks for patience: more names of channels come in ${wait} seconds.`
        : "Asking Slack what the channels are called …"}
    </p>
  );
}

/** Names that Slack has said meanwhile, for wherever they stand; and asks for the others. */
export function NamesThatCame(props: { names: ChannelNames; others: string[]; wait: number }) {
  const { names, others, wait } = props;
  return (
    <>
      <AskForNames channels={others} wait={wait} />
      {[...names].map(([channel, name]) => (
        <span hx-swap-oob={`innerHTML:[data-channel="${channel}"]`}>#{name}</span>
      ))}
    </>
  );
}
