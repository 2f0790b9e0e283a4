import { counted } from "../words/counted.ts";
import type { Env } from "../env.ts";
import { allRelays } from "../relay/all-relays.ts";
import { OVERDUE_SECONDS } from "../relay/delivery-health.ts";
import { checked, error, warning, type Check, type Finding } from "./check.ts";
import { pauseFindings } from "./pauses.ts";

const LOOK = '"causeway failed" groups them by cause and says what to do.';

/** Whether messages arrive: what waits, what is paused, what failed, and when something came last. */
export async function checkDelivery(env: Env): Promise<Check> {
  const relays = await Promise.all(
    (await allRelays(env)).map(async ({ name, relay }) => {
      const [health, problems] = await Promise.all([relay.health(), relay.problems()]);
      return { name, health, ...problems };
    }),
  );
  const most = (of: (health: (typeof relays)[number]["health"]) => number): number =>
    Math.max(0, ...relays.map(({ health }) => of(health)));
  const oldest = most(({ oldestPendingSeconds }) => oldestPendingSeconds);
  const overdue = most(({ overdueSeconds }) => overdueSeconds);
  const lastEventAt = most((health) => health.lastEventAt ?? 0);
  const failed = relays.reduce((sum, { health }) => sum + health.failedLastHour, 0);
  const paused = relays.flatMap(({ name, pauses }) =>
    pauses.map((pause) => ({ ...pause, relay: name })),
  );
  return checked(
    "delivery",
    {
      oldestPendingSeconds: oldest,
      failedLastHour: failed,
      paused: [...new Set(paused.map(({ destination }) => destination))].toSorted(),
      lastEventAt: lastEventAt === 0 ? null : new Date(lastEventAt).toISOString(),
    },
    [
      ...(lastEventAt === 0 ? [nothingCame()] : []),
      ...pauseFindings(paused),
      ...relays.flatMap(({ waiting }) => waiting.map(waits)),
      ...(overdue > OVERDUE_SECONDS ? [late(overdue)] : []),
      ...(failed > 0 ? [lost(failed)] : []),
    ],
  );
}

function nothingCame(): Finding {
  const message = "Nothing has come from GitLab or Slack yet.";
  const fix = 'Make a hook with "causeway hooks create", or try one with "causeway send".';
  return warning("no_events", message, fix);
}

function waits({ events, reason }: { events: number; reason: string }): Finding {
  const what = counted(events, "event waits", "events wait");
  const fix = "They go on by themselves once that is put right.";
  return error("events_wait", `${what} to be decided: ${reason}`, fix);
}

function late(seconds: number): Finding {
  const message = `A message is ${Math.round(seconds / 60)} minutes later than its pace explains.`;
  return error(
    "overdue",
    message,
    '"causeway deliveries --state pending" shows what waits, and why.',
  );
}

function lost(failed: number): Finding {
  const what = counted(failed, "message");
  return warning("failed", `${what} failed for good in the last hour.`, LOOK);
}
