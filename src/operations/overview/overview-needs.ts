import type { Finding } from "../../checks/check.ts";
import { OVERDUE_SECONDS } from "../../relay/delivery-health.ts";
import type { Failure } from "../../relay/failures.ts";
import type { RelayOverview } from "../../relay/relay.ts";
import { missingSecrets, sayMissingSecret, type MissingSecret } from "../../secrets.ts";
import { failureCauses, type FailureCause } from "../failures/failure-causes.ts";

/** Something that a person should know of; times are milliseconds. */
export type Need =
  /** Messages that failed, or wait at a destination that is paused. */
  | { is: "stuck"; cause: FailureCause }
  | { is: "document"; key: string; problem: string; using: string; since: number }
  /** Events that cannot be decided yet, and why. */
  | { is: "undecided"; events: number; reason: string; since: number }
  /** KV does not take what was published. */
  | { is: "publishing"; problem: string; documents: number }
  /** A setting or a secret. */
  | ({ is: "setting" } & Pick<Finding, "severity" | "message" | "fix">)
  | { is: "scope"; said: string }
  /** A message is later than its pace explains, by so much. */
  | { is: "late"; seconds: number }
  /** Nothing has come from GitLab since. */
  | { is: "silence"; since: number };

/** What keeps things from working (`urgent`), and what is good to know. */
export type Needs = { urgent: Need[]; notes: Need[] };

/** What {@link needs} goes by. */
export type Findings = {
  relays: (Pick<RelayOverview, "health" | "problems"> & { name: string })[];
  failures: Failure[];
  publishing: { problem: string; documents: number } | null;
  settings: Finding[];
  secrets: Parameters<typeof missingSecrets>[0];
  /** When something last came from GitLab; null: never. */
  lastFromGitlab: number | null;
  now: number;
};

/** A weekend is silent too; a day of work is not. */
const SILENCE_MS = 24 * 3_600_000;

/** Everything that people should know of, what stops messages first. */
export function needs(findings: Findings): Needs {
  const all = [
    ...stuck(findings.failures),
    ...undecided(findings),
    ...unusable(findings),
    ...publishing(findings),
    ...settings(findings),
    ...scopes(findings),
    ...late(findings),
    ...silence(findings),
  ];
  return { urgent: all.filter((need) => !isNote(need)), notes: all.filter(isNote) };
}

function isNote(need: Need): boolean {
  switch (need.is) {
    case "stuck":
      // Of what a person paused a person knows, and where nothing helps there is nothing to do.
      return need.cause.mend === "resume" || need.cause.mend === "none";
    case "setting":
      return need.severity === "warning";
    case "silence":
      return true;
    case "document":
    case "undecided":
    case "publishing":
    case "scope":
    case "late":
      return false;
  }
}

function stuck(failures: Failure[]): Need[] {
  return failureCauses(failures).map((cause) => ({ is: "stuck", cause }));
}

function undecided({ relays }: Findings): Need[] {
  const waiting = relays.flatMap(({ problems }) => problems.waiting);
  return [...Map.groupBy(waiting, ({ reason }) => reason)].map(([reason, all]) => ({
    is: "undecided",
    reason,
    events: all.reduce((sum, { events }) => sum + events, 0),
    since: Math.min(...all.map(({ since }) => since)),
  }));
}

/** A document is one thing to correct, however many Relays use it. */
function unusable({ relays }: Findings): Need[] {
  const documents = relays.flatMap(({ problems }) => problems.documents);
  return [...Map.groupBy(documents, ({ key }) => key)].flatMap(([key, all]): Need[] => {
    const [first] = all.toSorted((one, other) => one.since - other.since);
    return first === undefined ? [] : [{ is: "document", ...first, key }];
  });
}

function publishing({ publishing: trouble }: Findings): Need[] {
  return trouble === null ? [] : [{ is: "publishing", ...trouble }];
}

function settings({ settings: found, secrets }: Findings): Need[] {
  // What the settings are asked for leaves the bot to whoever asks Slack.
  const bot = missingSecrets(secrets).filter(({ names }) => names.includes("SLACK_BOT_TOKEN"));
  return [
    ...bot.map(missing),
    ...found.map(({ severity, message, fix }): Need => ({ is: "setting", severity, message, fix })),
  ];
}

function missing(secret: MissingSecret): Need {
  const [name = ""] = secret.names;
  const message = `Not set: ${sayMissingSecret(secret)}`;
  return {
    is: "setting",
    severity: "error",
    message,
    fix: `Set it: npx wrangler secret put ${name}.`,
  };
}

function scopes({ relays }: Findings): Need[] {
  const said = new Set(relays.flatMap(({ health }) => health.missingScopes));
  return [...said].map((each) => ({ is: "scope", said: each }));
}

/** What is paused or undecided is late too, and says why itself. */
function late({ relays }: Findings): Need[] {
  const explained = relays.some(
    ({ problems: { pauses, waiting } }) => pauses.length > 0 || waiting.length > 0,
  );
  const seconds = Math.max(0, ...relays.map(({ health }) => health.overdueSeconds));
  return explained || seconds <= OVERDUE_SECONDS ? [] : [{ is: "late", seconds }];
}

function silence({ lastFromGitlab, now }: Findings): Need[] {
  return lastFromGitlab === null || now - lastFromGitlab < SILENCE_MS
    ? []
    : [{ is: "silence", since: lastFromGitlab }];
}
