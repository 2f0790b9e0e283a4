import type { Child } from "hono/jsx";
import type { OutcomeState } from "../relay/outcome-state.ts";

/** How something is: `good`, `bad`, `waiting` for something, `off`, or none of it. */
export type Tone = "good" | "bad" | "waiting" | "off" | "plain";

const SIGNS: Record<Tone, string> = { good: "✓", bad: "✗", waiting: "…", off: "–", plain: "" };

/** A state as a sign and a word: never by colour alone. */
export function StateMark({ tone, children }: { tone: Tone; children: Child }) {
  return (
    <span class={`state ${tone}`}>
      {SIGNS[tone] === "" ? null : <i aria-hidden="true">{SIGNS[tone]}</i>}
      {children}
    </span>
  );
}

/** The tone of an event's or a delivery's state. */
export function toneOf(state: OutcomeState): Tone {
  switch (state) {
    case "delivered":
      return "good";
    case "failed":
    case "unreadable":
      return "bad";
    case "pending":
      return "waiting";
    case "filtered":
    case "shadow":
      return "off";
  }
}
