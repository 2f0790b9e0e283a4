import type { Env } from "../src/env.ts";
import { allRelays } from "../src/relay/all-relays.ts";
import { OVERDUE_SECONDS } from "../src/relay/delivery-health.ts";
import type { Relay } from "../src/relay/relay.ts";
import { missingSecrets, sayMissingSecret, secretsSet } from "../src/secrets.ts";
import { readSettings } from "../src/settings.ts";
import { warn } from "../src/log.ts";
import { http } from "./http.ts";

const HEALTH_KEPT_MS = 10_000;

/** `GET /health`: alive, which secrets are set, and what the Slack app may not do. `GET /health/delivery`: for an outside monitor. */
export const health = http
  .createApp()
  .get("/", async (c) => {
    const secrets = secretsSet(c.env);
    return c.json({
      status: "ok",
      secrets,
      missing: missingSecrets(secrets).map(sayMissingSecret),
      problems: [...readSettings(c.env).problems, ...(await missingScopes(c.env))],
    });
  })
  .get("/delivery", async (c) => {
    const relays = await healthOfRelays(c.env);
    const events = relays.flatMap(({ lastEventAt }) => lastEventAt ?? []);
    const paused = relays.reduce((sum, each) => sum + each.paused, 0);
    const overdue = relays.some(({ overdueSeconds }) => overdueSeconds > OVERDUE_SECONDS);
    return c.json(
      {
        oldestPendingSeconds: Math.max(
          0,
          ...relays.map(({ oldestPendingSeconds }) => oldestPendingSeconds),
        ),
        failedLastHour: relays.reduce((sum, each) => sum + each.failedLastHour, 0),
        paused,
        lastEventAt: events.length === 0 ? null : new Date(Math.max(...events)).toISOString(),
      },
      paused > 0 || overdue ? 503 : 200,
    );
  });

type Health = Awaited<ReturnType<Relay["health"]>>;

let known: { at: number; relays: Health[] } | null = null;

/** What Slack said that the app lacks, in sentences. The Worker is alive also when no Relay answers. */
async function missingScopes(env: Env): Promise<string[]> {
  try {
    const relays = await healthOfRelays(env);
    return [...new Set(relays.flatMap(({ missingScopes: each }) => each))];
  } catch (error) {
    warn("relays_unreachable", { error: String(error) });
    return ["The Relays do not answer, so it is not known what the Slack app may do."];
  }
}

/** Anyone may ask, and asking wakes every Relay: so it is done at most once in a while. */
async function healthOfRelays(env: Env): Promise<Health[]> {
  const now = Date.now();
  if (known !== null && Math.abs(now - known.at) < HEALTH_KEPT_MS) return known.relays;
  const all = await allRelays(env);
  const relays = await Promise.all(all.map(({ relay }) => relay.health()));
  known = { at: now, relays };
  return relays;
}
