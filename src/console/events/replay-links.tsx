import type { ShownEvent } from "../../relay/show-event.ts";
import { sentAgain } from "../../operations/events/sent-again.ts";

type ReplayLinksProps = {
  event: ShownEvent;
  /** The channel of this person's last test; null: none is known. */
  tested: string | null;
};

/** The ways to send an event's messages once more. */
export function ReplayLinks({ event, tested }: ReplayLinksProps) {
  const { id, state } = event;
  if (state === "unreadable") return null;
  const at = `/admin/events/${id}/replay${tested === null ? "" : `?${new URLSearchParams({ test: tested }).toString()}`}`;
  return (
    <div class="row">
      {sentAgain(event).length === 0 ? null : (
        <a class="button" href={`${at}#again`}>
          Replay as it was
        </a>
      )}
      <a class="button" href={`${at}#today`}>
        Replay with today's rules
      </a>
      <a class="button" href={`${at}#test`}>
        Send to a test channel
      </a>
    </div>
  );
}
