import type { ShownEvent } from "../../relay/show-event.ts";
import type { Simulation } from "../../simulation/simulate-event.ts";
import type { Names } from "../../slack-look/render-mrkdwn.ts";
import { ReplayAgain } from "./replay-again.tsx";
import { ReplayTest } from "./replay-test.tsx";
import { ReplayToday } from "./replay-today.tsx";

/** What a person needs to see before an event is replayed. */
export type ReplayPageProps = {
  event: ShownEvent;
  /** What today's rules would make of it; null: its body is unreadable. */
  simulation: Simulation | null;
  /** Where a test may go. */
  channels: string[];
  /** Which of these is chosen at first; null: none. */
  tested: string | null;
  /** What Slack's ids are called. */
  names: Names;
  mayChange: boolean;
  /** Names what is sent from this page: what is pressed twice is sent once. */
  once: string;
};

/** The three ways to send an event's messages once more, each with what it would send. */
export function ReplayPage(props: ReplayPageProps) {
  return (
    <>
      <p>
        <a href={`/admin/events/${props.event.id}`}>Back to the event</a>
      </p>
      {props.mayChange ? null : <p>You may look, but only an editor can send something.</p>}
      <ReplayAgain {...props} />
      <ReplayToday {...props} />
      <ReplayTest {...props} />
    </>
  );
}
