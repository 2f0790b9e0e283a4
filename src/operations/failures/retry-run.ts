import type { Env } from "../../env.ts";
import { allRelays } from "../../relay/all-relays.ts";
import { DIRECTORY } from "../../relay/relay-name.ts";
import type { Retried } from "../../relay/retries.ts";
import type { RetryFilter } from "../../relay/retry-failed.ts";
import type { RetryRun } from "../../relay/retry-runs.ts";
import { failuresEverywhere } from "./failures-everywhere.ts";
import { retryFailures } from "./retry-failures.ts";

/** Relays of which one step asks: most of them have nothing to retry. */
const RELAYS_IN_A_STEP = 20;

/**
 * Begins to send failed deliveries again that somebody asked for, and sends the first page; the answer is
 * the run's name. It is gone on with by {@link goOnRetrying}.
 */
export async function beginRetrying(
  env: Env,
  { by, filter, now }: { by: string; filter: RetryFilter; now: number },
): Promise<string> {
  const { groups } = await failuresEverywhere(env);
  const { destination, cause } = filter;
  const total = groups
    .filter(
      (group) =>
        group.kind === "failed" &&
        group.destination !== null &&
        (destination === null || group.destination === destination) &&
        (cause === null ? group.mend === "retry" : group.code === cause),
    )
    .reduce((sum, { count }) => sum + count, 0);
  const run = crypto.randomUUID();
  await step(env, run, { by, at: now, filter, total, next: null });
  return run;
}

/** Sends the next page of a run, if there is one. Null: nobody began one of this name within a day. */
export async function goOnRetrying(env: Env, run: string): Promise<RetryRun | null> {
  const state = await env.RELAY.getByName(DIRECTORY).retryRun(run);
  return state === null || state.next === null ? state : await step(env, run, state);
}

/** How far a run has come, and what has become of what it sent; null: there is none of this name. */
export async function retryRun(
  env: Env,
  run: string,
): Promise<{ state: RetryRun; retried: Retried } | null> {
  const state = await env.RELAY.getByName(DIRECTORY).retryRun(run);
  if (state === null) return null;
  const relays = await Promise.all((await allRelays(env)).map(({ relay }) => relay.retriedIn(run)));
  const retried: Retried = { counts: {}, failed: relays.flatMap(({ failed }) => failed) };
  for (const { counts } of relays) {
    for (const [name, count] of Object.entries(counts)) {
      const known = name as keyof Retried["counts"];
      retried.counts[known] = (retried.counts[known] ?? 0) + count;
    }
  }
  return { state, retried };
}

/** Sends until something was sent, or there is no more. */
async function step(env: Env, run: string, before: RetryRun): Promise<RetryRun> {
  let state = before;
  for (let asked = 0; asked < RELAYS_IN_A_STEP; asked += 1) {
    const { retried, next } = await retryFailures(env, state.filter, state.next, run);
    state = { ...state, next };
    if (retried.length > 0 || next === null) break;
  }
  // At the latest now: a step that is done again finds what it sent no longer failed.
  await env.RELAY.getByName(DIRECTORY).keepRetryRun(run, state);
  return state;
}
