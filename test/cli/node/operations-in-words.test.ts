import { describe, expect, it, test } from "vitest";
import type { Check } from "../../../src/checks/check.ts";
import { eachOnce } from "../../../src/cli/doctor/each-once.ts";
import { factsInWords } from "../../../src/cli/doctor/facts-in-words.ts";
import { showAnswers, tally, type Answered } from "../../../src/cli/doctor/show-answers.ts";
import type { ShownEvent } from "../../../src/relay/show-event.ts";
import type { FailureItem } from "../../../src/operations/failures/failure-item.ts";
import type { ProblemItem } from "../../../src/operations/overview/problems.ts";
import { fixHere } from "../../../src/cli/operations/fix-here.ts";
import { nothingMatches } from "../../../src/cli/operations/nothing-matches.ts";
import { showEvent } from "../../../src/cli/operations/show-event.ts";
import { showFailures } from "../../../src/cli/operations/show-failures.ts";
import { showProblems } from "../../../src/cli/operations/show-problems.ts";
import { whyPosted } from "../../../src/operations/events/why-posted.ts";
import { lasted } from "../../../src/cli/terminal/lasted.ts";
import type { Terminal } from "../../../src/cli/terminal/terminal.ts";

const plain: Terminal = {
  print: () => {},
  note: () => {},
  style: (_style, text) => text,
  confirm: async () => await Promise.resolve(null),
  progress: () => ({ at: () => {}, end: () => {} }),
};
const AT = "2026-11-22T10:00:00.000Z";

function failure(changes: Partial<FailureItem>): FailureItem {
  return {
    kind: "failed",
    destination: "licensing",
    alert: false,
    code: "invalid_blocks",
    said: "invalid_blocks",
    fix: "Correct the rule.",
    mend: "replay",
    retryable: false,
    count: 1,
    oldest: AT,
    newest: AT,
    examples: ["R.one.0"],
    ...changes,
  };
}

/** The commands in what is shown. */
function commands(items: FailureItem[]): string[] {
  return showFailures(items, plain).match(/causeway [a-z]+.*$/gm) ?? [];
}

describe("causeway failed", () => {
  it("names a command once for its events, and sends only where they failed", () => {
    const items = [
      failure({ examples: ["R.one.0", "R.two.0"], count: 2 }),
      failure({ destination: "handover", examples: ["R.one.1", "R.two.1"], count: 2 }),
      failure({ destination: "thread:C1", examples: ["R.two.2"] }),
    ];
    expect(commands(items)).toEqual([
      "causeway replay R.one R.two --to licensing --to handover",
      "causeway replay R.two --to thread:C1",
    ]);
    expect(showFailures(items, plain)).toContain(
      "5 deliveries to licensing, handover and thread:C1 failed: invalid_blocks\n  → Correct the rule.",
    );
    const lost = failure({ destination: null, code: "could_not_route", examples: ["R.three"] });
    expect(commands([lost])).toEqual(["causeway replay R.three"]);
  });

  it("offers nothing for an alert that Slack refuses", () => {
    const alert = failure({
      alert: true,
      mend: "none",
      fix: "See ALERTS_TO.",
      destination: "alerts",
    });
    expect(commands([alert])).toEqual([]);
    expect(showFailures([alert], plain)).toContain("1 alert to alerts failed: invalid_blocks");
  });

  it("says of what is paused that it goes on by itself, and of giving up only in a remark", () => {
    const paused = {
      kind: "paused",
      code: "token_revoked",
      said: "token_revoked",
      fix: "Set the token.",
      mend: "wait",
    } as const;
    const shown = showFailures(
      [failure(paused), failure({ ...paused, destination: "handover", count: 2 })],
      plain,
    );
    const lines = shown.split("\n");
    expect(lines.slice(0, 6)).toEqual([
      "licensing and handover are paused: token_revoked (3 messages wait)",
      "  → Set the token.",
      "  Nothing is lost: what is to go there is kept, tried every 5 minutes, and sent by itself then.",
      "    causeway resume licensing     (tries it at once)",
      "    causeway resume handover     (tries it at once)",
      "  Should nobody want what waits any more: causeway discard gives it up for good.",
    ]);
    expect(shown.match(/token_revoked/g)).toHaveLength(1);
  });

  it("says of each pause who made it and why, and how it ends", () => {
    const pause = {
      kind: "paused",
      code: "paused_by_person",
      said: "paused by amina: it moves",
      fix: "Somebody resumes it.",
      mend: "resume",
    } as const;
    const shown = showFailures(
      [
        failure(pause),
        failure({ ...pause, destination: "handover", said: "paused by ben: noise" }),
      ],
      plain,
    );
    expect(shown).toMatch(/^licensing is paused by amina: it moves/m);
    expect(shown).toMatch(/^handover is paused by ben: noise/m);
    expect(shown.match(/^ {4}causeway resume .*$/gm)).toEqual([
      "    causeway resume licensing",
      "    causeway resume handover",
    ]);
  });
});

describe("causeway problems", () => {
  const pause = { destination: "licensing", since: AT, fix: "Do something." };

  it("says each cause once, with all destinations and namespaces that it is about", () => {
    const revoked = { ...pause, code: "token_revoked", said: "token_revoked" };
    const held = { ...pause, code: "paused_by_person", said: "paused by amina: it moves" };
    const items: ProblemItem[] = ["acme", "other"].map((namespace) => ({
      namespace,
      documents: [
        { key: "mapping/gitlab/*", problem: "bad", using: "the last good copy", since: AT },
      ],
      pauses: [revoked, { ...revoked, destination: "handover" }, held],
      waiting: [],
    }));
    const shown = showProblems(items, [], plain);
    expect(shown).toMatch(
      /^handover and licensing are paused: token_revoked {2}since \S+ \S+, in acme and other\n {2}→ Do something\.$/m,
    );
    expect(shown).toMatch(
      /^licensing is paused by amina: it moves {2}since \S+ \S+\n {2}→ Do something\.\n {4}causeway resume licensing$/m,
    );
    expect(shown.match(/mapping\/gitlab\/\* cannot be used/g)).toHaveLength(1);
  });
});

describe("causeway event", () => {
  const event: ShownEvent = {
    id: "R.one",
    type: "issue.open",
    types: ["issue.open"],
    state: "filtered",
    reason: "no mapping for its path",
    receivedAt: AT,
    project: null,
    title: null,
    url: null,
    confidential: false,
    large: false,
    bytes: 2,
    payload: {},
    rules: [],
    nowhere: "no mapping for its path",
    replays: [],
    deliveries: [],
  };

  it("says of an event without a project where rules for it would stand", () => {
    const [said] = whyPosted(event, []);
    expect(said).toContain("it names no project or group");
    expect(said).not.toContain("above it");
  });

  it("says that the rules are those of the last good copy, where KV has a broken one", () => {
    const key = "mapping/gitlab/acme";
    const rules = [{ mapping: key, rule: "All", matched: true, why: "" }];
    const document = { key, problem: "rules.0.to: expected a name.", using: "the last good copy" };
    const problems = [
      { namespace: "acme", documents: [{ ...document, since: AT }], pauses: [], waiting: [] },
    ];
    expect(showEvent({ ...event, rules }, problems, plain)).toContain(
      `${key}\n  As it is published now it cannot be used: rules.0.to: expected a name. These are the rules of the last good copy.\n  ✓ All`,
    );
    expect(showEvent({ ...event, rules }, [], plain)).not.toContain("published now");
  });

  it("names the command that says more of what waits to be decided, which the console's words do not", () => {
    const waiting = { ...event, state: "pending" as const, reason: "KV has a broken mapping" };
    expect(showEvent(waiting, [], plain)).toContain(
      'It waits to be decided: KV has a broken mapping.\n"causeway problems" says more.',
    );
    expect(whyPosted(waiting, []).join()).not.toContain("causeway");
  });
});

describe("causeway doctor", () => {
  const finding = (code: string, message: string, changes: object = {}) => ({
    severity: "error" as const,
    code,
    message,
    fix: "Mend it.",
    ...changes,
  });
  const answer = (
    group: Answered["group"],
    name: string,
    findings: Check["findings"],
  ): Answered => ({ group, name, ok: findings.length === 0, findings, facts: {} });

  it("counts one trouble once", () => {
    const answers = [
      answer("Worker", "kv", [finding("document_unusable", "destination/bad cannot be used")]),
      answer("Worker", "delivery", [
        finding("channel_not_found", "nochan is paused", { destinations: ["nochan"] }),
        finding("is_archived", "gone is paused", { destinations: ["gone"] }),
        finding("token_revoked", "a is paused", { destinations: ["a"] }),
      ]),
      answer("Slack", "slack", [finding("token_revoked", "Slack refused auth.test")]),
      answer("Destinations", "nochan", [finding("channel_not_found", "Slack refused it")]),
      answer("Destinations", "bad", [
        finding("document_unusable", "destination/bad cannot be used"),
      ]),
      answer("Destinations", "a", [finding("token_revoked", "Slack refused conversations.info")]),
    ];
    const once = eachOnce(answers);
    expect(once.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      ["document_unusable"],
      ["is_archived"],
      ["token_revoked"],
      ["channel_not_found"],
      [],
      [],
    ]);
    expect(tally(once)).toBe("4 errors");
    expect(showAnswers(once, false, plain)).toContain(
      "✗ bad\n      what is wrong is said elsewhere in this list",
    );
  });

  it("says for how long something has waited, and times by the person's own clock", () => {
    const facts = { oldestPendingSeconds: 600, lastEventAt: AT };
    const words = factsInWords({ ...answer("Worker", "delivery", []), facts });
    expect(words).toMatch(
      /^last event 2026-11-2\d \d\d:\d\d \S+, the oldest message has waited for 10 min$/,
    );
    const late = answer("Worker", "delivery", [
      finding("is_archived", `x is paused since ${AT}: y`),
    ]);
    expect(showAnswers([late], false, plain)).not.toContain(AT);
  });
});

test.for([
  [6, "6 s"],
  [119, "119 s"],
  [300, "5 min"],
  [7_300, "2 h"],
  [200_000, "2 d"],
] as const)("%d seconds have lasted %s", ([seconds, words]) => {
  expect(lasted(seconds)).toBe(words);
});

it("says beside the local Worker where its secrets are", () => {
  const fix = "Set it: npx wrangler secret put X.";
  expect(fixHere(fix, true)).toContain(".dev.vars");
  expect(fixHere(fix, false)).toBe(fix);
  expect(fixHere("Unarchive it in Slack.", true)).toBe("Unarchive it in Slack.");
});

it("an empty list says what was asked for, in words that can be typed", () => {
  expect(nothingMatches({ state: "failed", text: "two words", type: undefined }, "None.")).toBe(
    'Nothing matches --state failed --text "two words".',
  );
  expect(nothingMatches({ state: undefined }, "None.")).toBe("None.");
});
