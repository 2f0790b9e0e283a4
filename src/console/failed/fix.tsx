import type { FailureCause } from "../../operations/failures/failure-causes.ts";
import { fixInConsole } from "../../operations/failures/fix-in-console.ts";
import { ChannelName, type ChannelNames } from "../slack-names/channel-name.tsx";

/** What a person does about a cause; `channel`: the one that it is about, null: none, or several. */
export function Fix(props: { cause: FailureCause; channel: string | null; names: ChannelNames }) {
  const { cause, channel, names } = props;
  const [before, after] = fixInConsole(cause, channel !== null);
  return (
    <p>
      <b>What to do:</b> {before}
      {after === undefined || channel === null ? null : (
        <>
          <ChannelName channel={channel} names={names} />
          {after}
        </>
      )}
    </p>
  );
}
