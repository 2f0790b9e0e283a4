import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context.ts";
import { Refusal } from "../terminal/refusal.ts";

/** Waiting longer than this at a time is for a person to decide. */
const MAX_SECONDS = 300;
/** So often in a row it waits without an answer in between. */
const MAX_WAITS = 10;

/** Asks through the Worker, and again whenever Slack wants to be left alone for a while. */
export async function whenSlackLets<T>(context: Context, ask: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await ask();
    } catch (error) {
      const seconds = error instanceof Refusal ? secondsIn(error) : null;
      if (seconds === null) throw error;
      await patience(context, seconds, waits);
    }
  }
}

/**
 * Waits as long as Slack asks for, a second at least, and says so. Throws a {@link Refusal} where that is
 * too long, or `waits` in a row have been in vain.
 */
export async function patience({ terminal }: Context, asked: number, waits: number): Promise<void> {
  // Not a number, or nothing: a question at once would only be refused again.
  const seconds = asked > 1 ? asked : 1;
  if (seconds > MAX_SECONDS) {
    throw new Refusal(
      "slack_busy",
      `Slack asks for ${Math.ceil(seconds / 60)} minutes of patience. Try again then.`,
    );
  }
  if (waits >= MAX_WAITS) {
    throw new Refusal(
      "slack_busy",
      `Slack asked for patience ${MAX_WAITS} times in a row and answered nothing. Try again later.`,
    );
  }
  terminal.note(`Slack asks for ${seconds} s of patience …`);
  await sleep(seconds * 1000);
}

function secondsIn({ code, details }: Refusal): number | null {
  if (code !== "slack_busy") return null;
  const { retryAfterSeconds } = details as { retryAfterSeconds?: unknown };
  return typeof retryAfterSeconds === "number" ? retryAfterSeconds : null;
}
