import type { Env } from "../src/env.ts";
import { allRelays } from "../src/relay/all-relays.ts";
import type { Relay } from "../src/relay/relay.ts";
import { readSettings } from "../src/settings.ts";
import { warn } from "../src/log.ts";
import { http } from "./http.ts";

/** A delivery that waits this long beyond its pace is an outage. */
const OVERDUE_SECONDS = 15 * 60;
const HEALTH_KEPT_MS = 10_000;

/** What each secret is for; names only, their values are never said. */
const SECRETS = [
  "GITLAB_SIGNING_TOKENS",
  "GITLAB_SECRET_TOKENS",
  "HOOK_MASTER_SECRETS",
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "ADMIN_TOKEN",
  "GITLAB_API_TOKEN",
] as const;

/** `GET /health`: alive, which secrets are set, and what the Slack app may not do. `GET /health/delivery`: for an outside monitor. */
export const health = http
  .createApp()
  .get("/", async (c) => {
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, isSet(c.env[name])]));
    return c.json({
      status: "ok",
      secrets,
      missing: missing(secrets),
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

/** What is missing for webhooks to come in, messages to go out and people to look in. */
function missing(secrets: Record<string, boolean>): string[] {
  const said: string[] = [];
  if (
    !secrets["GITLAB_SIGNING_TOKENS"] &&
    !secrets["GITLAB_SECRET_TOKENS"] &&
    !secrets["HOOK_MASTER_SECRETS"]
  ) {
    said.push(
      "GITLAB_SIGNING_TOKENS, HOOK_MASTER_SECRETS or GITLAB_SECRET_TOKENS: until one is set every webhook is refused.",
    );
  }
  if (!secrets["SLACK_BOT_TOKEN"]) {
    said.push("SLACK_BOT_TOKEN: needed by destinations of type channel, and to answer in Slack.");
  }
  if (!secrets["SLACK_SIGNING_SECRET"]) {
    said.push("SLACK_SIGNING_SECRET: until it is set every event of Slack's is refused.");
  }
  if (!secrets["ADMIN_TOKEN"]) said.push("ADMIN_TOKEN: until it is set /admin/api is closed.");
  return said;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
