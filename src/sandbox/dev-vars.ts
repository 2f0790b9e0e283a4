import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

import { TRIGGERS } from "./support-team.ts";

export type DevVars = Record<string, string>;

/**
 * The local Worker's secrets from `.dev.vars`, which the first start writes with random values. An existing file is the
 * owner's and is never changed; a line it lacks is an exception that says which.
 */
export function prepareDevVars(path: string, slackOrigin: string): DevVars {
  const fresh = freshDevVars(slackOrigin);
  if (!existsSync(path)) {
    const lines = Object.entries(fresh).map(([name, value]) => `${name}=${value}`);
    writeFileSync(path, [HEADING, ...lines, ""].join("\n"), { mode: 0o600, flag: "wx" });
    return fresh;
  }
  const found = readDevVars(path);
  const missing = Object.entries(fresh).filter(
    ([name]) => name !== NOT_NEEDED && (found[name] ?? "") === "",
  );
  if (missing.length > 0) {
    const lines = missing.map(([name, value]) => `  ${name}=${value}`).join("\n");
    throw new Error(`.dev.vars lacks a setting that the sandbox needs. Add to it:\n${lines}`);
  }
  return found;
}

export function readDevVars(path: string): DevVars {
  const entries = Object.entries(parseEnv(readFileSync(path, "utf8")));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? ""]));
}

/**
 * What differs when the stand-in listens elsewhere than the file says: every value that names the old place. A file that
 * points to the real Slack stays as it is.
 */
export function movedTo(slackOrigin: string, vars: DevVars): DevVars {
  const written = URL.parse(vars["SLACK_API_URL"] ?? "");
  if (written === null || written.hostname !== "127.0.0.1" || written.origin === slackOrigin)
    return {};
  return Object.fromEntries(
    Object.entries(vars)
      .filter(([, value]) => value.includes(written.origin))
      .map(([name, value]) => [name, value.replaceAll(written.origin, slackOrigin)]),
  );
}

/** Only whoever wants to see the console as a viewer needs it. */
const NOT_NEEDED = "VIEWER_TOKEN";

const HEADING = `# Written by the first "npm start", for this machine only. Production has its own: npx wrangler secret put NAME`;

function freshDevVars(slackOrigin: string): DevVars {
  const [handover, requests] = TRIGGERS;
  return {
    GITLAB_SIGNING_TOKENS: `whsec_${random(32, "base64")}`,
    HOOK_MASTER_SECRETS: random(32, "hex"),
    ADMIN_TOKEN: random(24, "hex"),
    VIEWER_TOKEN: random(24, "hex"),
    SLACK_BOT_TOKEN: `xoxb-local-${random(12, "hex")}`,
    SLACK_SIGNING_SECRET: random(16, "hex"),
    GITLAB_API_TOKEN: `glpat-local-${random(12, "hex")}`,
    SLACK_API_URL: `${slackOrigin}/api/`,
    SLACK_HOOK_ORIGINS: slackOrigin,
    // The stand-in for GitLab's API is served beside the one for Slack.
    GITLAB_URL: `${slackOrigin}/gitlab`,
    ALERTS_TO: "causeway-alerts",
    // The secrets that the destinations in examples/gitlab-support name.
    SUPPORT_GITLAB_COM_URL: `${slackOrigin}${handover?.path}`,
    SUPPORT_LICENSING_SUBSCRIPTION_URL: `${slackOrigin}${requests?.path}`,
  };
}

function random(bytes: number, encoding: "base64" | "hex"): string {
  return Buffer.from(randomBytes(bytes)).toString(encoding);
}
