import type { SlackOccasion } from "../../operations/reactions/occasion.ts";
import { cellHref } from "./cell-href.ts";

/** Leaves a cell as it was: closed in its place, without scripts as a page that is new. */
export function CancelLink({ channel, occasion }: { channel: string; occasion: SlackOccasion }) {
  const href = cellHref(channel, occasion);
  return (
    <a href={href} hx-get={`${href}&shown=1`} hx-push-url="false">
      Cancel
    </a>
  );
}
