import { describe, expect, it, test } from "vitest";
import {
  needs,
  type Findings,
  type Need,
} from "../../../src/operations/overview/overview-needs.ts";
import { missingSecrets } from "../../../src/secrets.ts";

const NOW = Date.parse("2031-03-04T10:00:00Z");
const HOUR = 3_600_000;

const ALL_SET: Findings["secrets"] = {
  GITLAB_SIGNING_TOKENS: true,
  GITLAB_SECRET_TOKENS: true,
  HOOK_MASTER_SECRETS: true,
  SLACK_BOT_TOKEN: true,
  SLACK_SIGNING_SECRET: true,
  ADMIN_TOKEN: true,
  VIEWER_TOKEN: true,
  GITLAB_API_TOKEN: true,
};
const RELAY: Findings["relays"][number] = {
  name: "gitlab/acme",
  health: {
    oldestPendingSeconds: 0,
    failedLastHour: 0,
    paused: 0,
    lastEventAt: NOW,
    overdueSeconds: 0,
    missingScopes: [],
  },
  problems: { documents: [], pauses: [], waiting: [] },
};
const WELL: Findings = {
  relays: [RELAY],
  failures: [],
  publishing: null,
  settings: [],
  secrets: ALL_SET,
  lastFromGitlab: NOW,
  now: NOW,
};
const PAUSED = {
  kind: "paused",
  destination: "licensing",
  alert: false,
  code: "is_archived",
  said: "is_archived",
  fix: "Unarchive it.",
  retryable: true,
  count: 1,
  oldest: NOW,
  newest: NOW,
  examples: [],
} as const;

function relay(
  health: Partial<typeof RELAY.health>,
  problems: Partial<typeof RELAY.problems> = {},
): typeof RELAY {
  return {
    ...RELAY,
    health: { ...RELAY.health, ...health },
    problems: { ...RELAY.problems, ...problems },
  };
}

const names = (found: Need[]): string[] => found.map(({ is }) => is);

describe("what needs somebody", () => {
  it("is nothing when all is well", () => {
    expect(needs(WELL)).toEqual({ urgent: [], notes: [] });
  });

  const waiting = { events: 1, reason: "its mapping cannot be used", since: NOW };
  const unusable = { key: "mapping/gitlab/acme", problem: "no rules", using: "nothing", since: 5 };
  const warning = { severity: "warning", code: "x", message: "m", fix: "f" } as const;

  test.for<[string, Partial<Findings>, string[], string[]]>([
    ["a Slack's pause", { failures: [{ ...PAUSED, examples: [], mend: "wait" }] }, ["stuck"], []],
    [
      "a person's pause",
      { failures: [{ ...PAUSED, examples: [], mend: "resume" }] },
      [],
      ["stuck"],
    ],
    [
      "what nothing helps",
      { failures: [{ ...PAUSED, examples: [], mend: "none" }] },
      [],
      ["stuck"],
    ],
    ["KV that takes nothing", { publishing: { problem: "p", documents: 2 } }, ["publishing"], []],
    ["a setting", { settings: [{ ...warning, severity: "error" }] }, ["setting"], []],
    ["an odd setting", { settings: [warning] }, [], ["setting"]],
    ["no bot token", { secrets: { ...ALL_SET, SLACK_BOT_TOKEN: false } }, ["setting"], []],
    ["a missing scope", { relays: [relay({ missingScopes: ["s"] })] }, ["scope"], []],
    ["a late message", { relays: [relay({ overdueSeconds: 901 })] }, ["late"], []],
    ["a message in time", { relays: [relay({ overdueSeconds: 900 })] }, [], []],
    ["silence", { lastFromGitlab: NOW - 24 * HOUR }, [], ["silence"]],
    ["no silence yet", { lastFromGitlab: NOW - 23 * HOUR }, [], []],
    ["an event that waits", { relays: [relay({}, { waiting: [waiting] })] }, ["undecided"], []],
    [
      "late because of what waits",
      { relays: [relay({ overdueSeconds: 5_000 }, { waiting: [waiting] })] },
      ["undecided"],
      [],
    ],
    [
      "a document of two Relays",
      { relays: [relay({}, { documents: [unusable] }), relay({}, { documents: [unusable] })] },
      ["document"],
      [],
    ],
    [
      "a scope of two Relays",
      { relays: [relay({ missingScopes: ["s"] }), relay({ missingScopes: ["s"] })] },
      ["scope"],
      [],
    ],
  ])("of %s", ([, changed, urgent, notes]) => {
    const found = needs({ ...WELL, ...changed });
    expect(names(found.urgent)).toEqual(urgent);
    expect(names(found.notes)).toEqual(notes);
  });

  it("names the secret to set, and no value", () => {
    const { urgent } = needs({ ...WELL, secrets: { ...ALL_SET, SLACK_BOT_TOKEN: false } });
    expect(missingSecrets(ALL_SET)).toEqual([]);
    expect(urgent).toMatchObject([{ fix: "Set it: npx wrangler secret put SLACK_BOT_TOKEN." }]);
  });
});
