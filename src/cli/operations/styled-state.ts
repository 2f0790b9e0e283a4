import type { OutcomeState } from "../../relay/outcome-state.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A state in its colour: red asks for somebody. */
export function styledState(state: OutcomeState, { style }: Terminal): string {
  switch (state) {
    case "delivered":
      return style("green", state);
    case "failed":
    case "unreadable":
      return style("red", state);
    case "pending":
      return style("yellow", state);
    case "filtered":
    case "shadow":
      return style("dim", state);
  }
}
