import { PAUSED_BY_PERSON } from "../../relay/lane.ts";
import { fullName, type ShownDelivery } from "../../relay/show-event.ts";
import type { ProblemItem } from "../overview/problems.ts";

type Pause = ProblemItem["pauses"][number];

/** Why nothing is sent to the destination of a delivery; undefined: it is not paused. */
export function pauseOf(
  delivery: Pick<ShownDelivery, "destination" | "address">,
  problems: ProblemItem[],
): Pause | undefined {
  const name = fullName(delivery);
  return problems.flatMap(({ pauses }) => pauses).find((pause) => pause.destination === name);
}

/** A pause as the end of `licensing is …`: what a person said, or what Slack did. */
export function pausedInWords({ code, said }: Pick<Pause, "code" | "said">): string {
  return code === PAUSED_BY_PERSON ? said : `paused: ${code}`;
}
