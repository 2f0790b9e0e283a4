import { channelInWords, type ChannelNames } from "./cell-href.ts";

/** What a channel is called; a name that comes later is put here. */
export function ChannelName({ channel, names }: { channel: string; names: ChannelNames }) {
  return <span data-channel={channel}>{channelInWords(channel, names)}</span>;
}

/** Names of channels that Slack has said meanwhile, for wherever they stand; and when to ask for more. */
export function NamesThatCame({ names, wait }: { names: ChannelNames; wait: number | null }) {
  return (
    <>
      <AskForNames wait={wait} />
      {[...names].map(([channel, name]) => (
        <span hx-swap-oob={`innerHTML:[data-channel="${channel}"]`}>#{name}</span>
      ))}
    </>
  );
}

/** Asks for names of channels after so many seconds; null: all that Slack says is known. */
export function AskForNames({ wait }: { wait: number | null }) {
  if (wait === null) return null;
  return (
    <p
      class="small soft"
      hx-get="/admin/reactions/names"
      hx-trigger={`load delay:${wait}s`}
      hx-swap="outerHTML"
    >
      {wait > 1
        ? `Slack asks for patience: more names of channels come in ${wait} seconds.`
        : "Asking Slack what the channels are called …"}
    </p>
  );
}
