import { setTimeout as sleep } from "node:timers/promises";
import { Refusal } from "../terminal/refusal.ts";

const EVERY_MS = 2_000;

/** What the one who looks on is told besides. */
export type FollowNotes = {
  /** The Worker does not answer, and is asked again every two seconds: said once, with why. */
  away: (why: string) => void;
  /** It answers again, after so many milliseconds. */
  back: (afterMs: number) => void;
};

/**
 * Looks every two seconds, until the signal, and hands on what each look found. A Worker that is away for a
 * while is waited for; one that cannot be reached at the first look, or refuses, is a {@link Refusal}.
 */
export async function* follow<T>(
  look: () => Promise<T[]>,
  notes: FollowNotes,
  now: () => number,
  signal: AbortSignal,
): AsyncGenerator<T> {
  yield* await look();
  let awaySince: number | null = null;
  for (;;) {
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    let found: T[];
    try {
      found = await look();
    } catch (error) {
      if (!(error instanceof Refusal) || !isAway(error)) throw error;
      if (awaySince === null) notes.away(error.message);
      awaySince ??= now();
      continue;
    }
    if (awaySince !== null) notes.back(now() - awaySince);
    awaySince = null;
    yield* found;
  }
}

/** A deploy, a crash, the network: not a token that is no longer taken. */
function isAway({ code }: Refusal): boolean {
  return ["unreachable", "not_causeway", "internal"].includes(code);
}
