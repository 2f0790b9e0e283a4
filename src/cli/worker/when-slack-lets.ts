import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { Progress } from "../terminal/terminal.ts";

/** Waiting longer than this is for a person to decide. */
const MAX_SECONDS = 300;

/** Asks through the Worker, and again whenever Slack wants to be left alone for a while. */
export async function whenSlackLets<T>(
  context: Context,
  progress: Progress,
  ask: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const seconds = error instanceof Refusal ? secondsIn(error) : null;
      if (seconds === null) throw error;
      await patience(context, progress, seconds);
    }
  }
}

/** Waits as long as Slack asks for, and says so. */
export async function patience(
  { terminal }: Context,
  progress: Progress,
  seconds: number,
): Promise<void> {
  if (seconds > MAX_SECONDS) {
    throw new Refusal(
      "slack_busy",
      `Slack asks for ${Math.ceil(seconds / 60)} minutes of patience. Try again then.`,
    );
  }
  if (seconds > 0) {
    progress.end();
    terminal.note(`Slack asks for ${seconds} s of patience …`);
  }
  await sleep(seconds * 1000);
}

function secondsIn({ code, details }: Refusal): number | null {
  if (code !== "slack_busy") return null;
  const { retryAfterSeconds } = details as { retryAfterSeconds?: unknown };
  return typeof retryAfterSeconds === "number" ? retryAfterSeconds : null;
}
