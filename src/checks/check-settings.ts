import { destinationKey } from "../mappings/destination-key.ts";
import { wayIn } from "../console/way-in.ts";
import type { Env } from "../env.ts";
import { presentTexts } from "../relay/present-texts.ts";
import { missingSecrets, sayMissingSecret, secretsSet } from "../secrets.ts";
import { readSettings } from "../settings.ts";
import { checked, error, warning, type Check, type Finding } from "./check.ts";

/** Which settings are there (names, never values of secrets), and which cannot be used. */
export async function checkSettings(env: Env): Promise<Check> {
  const settings = readSettings(env);
  const isSet = secretsSet(env);
  // That of the bot token is said where Slack is looked at.
  const missing = missingSecrets(isSet).filter(({ names }) => !names.includes("SLACK_BOT_TOKEN"));
  const { gitlabUrl, slackApiUrl, hookOrigins, retentionDays, alertsTo } = settings;
  return checked(
    "settings",
    {
      secrets: Object.entries(isSet).flatMap(([name, is]) => (is ? [name] : [])),
      gitlabUrl: originOf(gitlabUrl),
      slackApiUrl: originOf(slackApiUrl),
      hookOrigins,
      retentionDays,
      alertsTo,
      console: consoleOf(env),
    },
    [
      ...missing.map((secret) => {
        const [name = ""] = secret.names;
        const fix = `Set it: npx wrangler secret put ${name}.`;
        // Reactions are a choice; webhooks are what the Worker is for.
        const make = name === "SLACK_SIGNING_SECRET" ? warning : error;
        return make("secret_missing", `Not set: ${sayMissingSecret(secret)}`, fix);
      }),
      ...settings.problems.map((problem) => warning("setting_unusable", problem, SETTING_FIX)),
      ...(await alertFindings(env, alertsTo)),
    ],
  );
}

const SETTING_FIX =
  "Variables are in wrangler.toml (then deploy); secrets are set with npx wrangler secret put.";

async function alertFindings(env: Env, alertsTo: string[]): Promise<Finding[]> {
  if (alertsTo.length === 0) {
    const fix = "Name a destination in ALERTS_TO in wrangler.toml, and deploy.";
    const message = "ALERTS_TO is empty: nobody is told when something needs a person.";
    return [warning("no_alerts", message, fix)];
  }
  const texts = await presentTexts(
    env,
    alertsTo.map((name) => destinationKey(name)),
  );
  // That KV cannot be read is said where KV is looked at.
  if (texts === null) return [];
  return alertsTo.flatMap((name) =>
    texts.has(destinationKey(name))
      ? []
      : [
          error(
            "alerts_to_nobody",
            `ALERTS_TO names ${name}, and there is no destination/${name}: nobody is told when something needs a person.`,
            "Publish the destination, or correct ALERTS_TO in wrangler.toml and deploy.",
          ),
        ],
  );
}

/** By what people get into the console. */
function consoleOf(env: Env): "access" | "token" | "closed" {
  const { state } = wayIn(env);
  return state === "on" ? "access" : state;
}

/** Who runs a proxy may have put a name and a password into its address. */
function originOf(address: string): string {
  return URL.parse(address)?.origin ?? "not a URL";
}
