/** What channels are called, by id, as far as that is known. */
export type ChannelNames = Map<string, string>;

/** What a channel is called, else its id; a name that comes later is put here. */
export function ChannelName({ channel, names }: { channel: string; names: ChannelNames }) {
  const name = names.get(channel);
  return <span data-channel={channel}>{name === undefined ? channel : `#${name}`}</span>;
}

/** Asks what these channels are called, once the page is there: Slack may take its time. */
export function AskForNames({ channels }: { channels: string[] }) {
  const query = new URLSearchParams(channels.map((channel) => ["channel", channel]));
  return (
    <div
      hx-get={`/admin/failed/channels?${query.toString()}`}
      hx-trigger="load"
      hx-swap="outerHTML"
    />
  );
}

/** Names that came, for wherever they stand. */
export function NamesThatCame({ names }: { names: ChannelNames }) {
  return (
    <>
      {[...names].map(([channel, name]) => (
        <span hx-swap-oob={`innerHTML:[data-channel="${channel}"]`}>#{name}</span>
      ))}
    </>
  );
}
