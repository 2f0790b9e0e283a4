import { counted } from "../../words/counted.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import type { LostDeliveries } from "./delivery-log.ts";
import type { Finding } from "./finding.ts";
import { hookState, isEnabled } from "../../gitlab/hooks-api/hook-state.ts";
import type { HooksCommand } from "./hooks-command.ts";

/** GitLab stops for a while at the fourth failure in a row, and for good at the fortieth. */
const PAUSED_AT = 4;
const ENDED_AT = 40;
const WORTH_SAYING = 2;

/**
 * What GitLab made of a hook's deliveries: whether it stopped sending or is about to, and what did not
 * arrive. `inARow` failures since the last success, null where GitLab does not say.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks
 */
export function examineDeliveries(
  { place, hook }: PlacedHook,
  inARow: number | null,
  lost: LostDeliveries | null,
  command: HooksCommand,
): Finding[] {
  const at = { path: place.path, hook: hook.id };
  const found: Finding[] = [];
  const isDisabled = !isEnabled(hook);
  if (isDisabled) {
    found.push({
      ...at,
      level: "error",
      code: "disabled",
      message: `${hookState(hook)}${inARow === null ? "" : `, after ${inARow === ENDED_AT ? "40 or more" : inARow} failures in a row`}: nothing is sent meanwhile, and GitLab does not make up for it`,
      fix: "Put right what it failed of, then have GitLab try it.",
      command: command("enable", place.path, hook.id),
    });
  } else if (inARow !== null && inARow >= WORTH_SAYING) {
    const next = inARow < PAUSED_AT ? PAUSED_AT : ENDED_AT;
    found.push({
      ...at,
      level: "warning",
      code: "about_to_be_disabled",
      message: `the last ${inARow} deliveries failed; ${next === PAUSED_AT ? "after four in a row GitLab stops sending for a minute, then for longer and longer" : "after forty in a row GitLab stops sending for good"}`,
      fix: "Put right what they failed of.",
      command: null,
    });
  }
  if (lost !== null && lost.lost.length > 0) {
    const count = lost.lost.length;
    found.push({
      ...at,
      level: "error",
      code: "not_delivered",
      message: `${lost.cutOff ? "at least " : ""}${counted(count, "delivery", "deliveries")} of the last seven days did not arrive: ${causes(lost)}`,
      fix: [
        ...(lost.lost.some(isRefused)
          ? [`If it is refused still: ${command("create", place.path, "--renew-token")}.`]
          : []),
        isDisabled ? "When it is enabled again, have them sent again." : "Have them sent again.",
      ].join(" "),
      command: command("resend", place.path, hook.id),
    });
  }
  return found;
}

/** Why they failed, the most frequent first. */
function causes({ lost }: LostDeliveries): string {
  const counts = new Map<string, number>();
  for (const { status } of lost) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([status, count]) => `${count} × ${statusInWords(status)}`)
    .join(", ");
}

/** Whether the Worker did not take a delivery for GitLab's: another token is all it needs. */
export function isRefused({ status }: { status: string }): boolean {
  return status === "401";
}

/** What an answer of this Worker's means. */
export function statusInWords(status: string): string {
  switch (status) {
    case "401":
      return "401 (its token is wrong)";
    case "403":
      return "403 (its URL has another path)";
    case "404":
      return "404 (its URL is wrong)";
    case "413":
      return "413 (larger than 25 MiB)";
    case "503":
      return "503 (the Worker could not store it)";
    case "internal error":
      return "no answer (network, certificate or more than ten seconds)";
    default:
      return status;
  }
}
