import type { ShownEvent } from "../../relay/show-event.ts";
import type { ProblemItem } from "../overview/problems.ts";

type Pause = ProblemItem["pauses"][number];

/** Why nothing is sent to the destination of a delivery; undefined: it is not paused. */
export function pauseOf(
  { destination, address }: Pick<ShownEvent["deliveries"][number], "destination" | "address">,
  problems: ProblemItem[],
): Pause | undefined {
  const name = [destination, ...(address?.split(" ") ?? [])].join(":");
  return problems.flatMap(({ pauses }) => pauses).find((pause) => pause.destination === name);
}

/** A pause as the end of `licensing is …`: what a person said, or what Slack did. */
export function pausedInWords({ code, said }: Pick<Pause, "code" | "said">): string {
  return code === "paused_by_person" ? said : `paused: ${code}`;
}
