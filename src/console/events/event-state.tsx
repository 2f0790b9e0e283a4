import type { EventState } from "../../relay/event-state.ts";
import type { OutcomeState } from "../../relay/outcome-state.ts";
import { StateMark, toneOf } from "../state-mark.tsx";

/** The state of an event or a delivery, in the word that the documentation has for it. */
export function EventStateMark({ state }: { state: EventState | OutcomeState }) {
  return <StateMark tone={toneOf(state)}>{state}</StateMark>;
}
