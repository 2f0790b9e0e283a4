import type { Admin } from "./admin.ts";
import type { Slack } from "../slack/slack.ts";

const LOOK_MS = 250;
/** After the last message Causeway still writes down that it was sent. */
const QUIET_MS = 1_000;

/**
 * Waits until nothing is pending and Slack has answered everything, or until nothing has moved for
 * `patienceSeconds`.
 */
export async function settled(slack: Slack, admin: Admin, patienceSeconds: number): Promise<void> {
  let before = "";
  let movedAt = Date.now();
  let quietSince: number | null = null;
  while (Date.now() - movedAt < patienceSeconds * 1_000) {
    const { messages, unanswered } = await slack.look();
    const { pending } = await admin.ledger();
    const now = `${messages} ${pending}`;
    if (now !== before) movedAt = Date.now();
    before = now;
    quietSince = pending === 0 && unanswered === 0 ? (quietSince ?? Date.now()) : null;
    if (quietSince !== null && Date.now() - Math.max(quietSince, movedAt) > QUIET_MS) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
