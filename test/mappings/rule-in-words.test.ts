import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { EVENT_CATALOGUE } from "../../src/gitlab/event-catalogue.ts";
import { ruleInWords } from "../../src/mappings/rule-in-words.ts";
import type { Rule } from "../../src/mappings/schema.ts";

function inWords(on: Rule["on"], changes: Partial<Rule> = {}): string {
  return ruleInWords({ name: "A", to: "x", on, ...changes });
}

const TYPES = EVENT_CATALOGUE.flatMap(({ kind, actions }) =>
  [...Object.keys(actions), "*"].map((action) => `${kind}.${action}`),
);

describe("what a rule is on", () => {
  test.for<[on: Rule["on"], words: string]>([
    ["issue.open", "when an issue is opened"],
    ["merge_request.merge", "when a merge request is merged"],
    ["epic.close", "when an epic is closed"],
    ["note.create", "when a comment is written"],
    ["pipeline.broken", "when a pipeline fails after one that did not"],
    ["pipeline.pending", "when a pipeline waits for a runner"],
    ["push.update", "when a branch gets commits"],
    ["release.create", "when a release is published"],
    ["project.rename", "when a project is renamed"],
    ["member.access_request", "when a membership of a group or project is asked for"],
    ["user.failed_login", "when an account is refused a sign-in"],
    ["key.create", "when an SSH key is added"],
    ["access_token.expiring", "when an access token is about to expire"],
    ["issue.due_date_changed", "when an issue has its due date changed"],
    ["issue.discussion_locked_changed", "when an issue is locked or unlocked"],
    [["issue.open", "issue.labeled"], "when an issue is opened or labelled"],
    [["issue.open", "issue.close", "issue.reopen"], "when an issue is opened, closed or reopened"],
    [["issue.unlabeled", "issue.update"], "when an issue loses a label or is changed"],
    [
      ["issue.open", "issue.title_changed", "issue.close", "issue.weight_changed"],
      "when an issue is opened or closed, or has its title or weight changed",
    ],
    [["pipeline.failed", "pipeline.success"], "when a pipeline fails or passes"],
    [
      ["issue.open", "incident.open", "merge_request.open"],
      "when an issue, an incident or a merge request is opened",
    ],
    [
      ["issue.open", "issue.close", "merge_request.merge"],
      "when an issue is opened or closed, or when a merge request is merged",
    ],
    [["issue.open", "issue.open"], "when an issue is opened"],
    ["merge_request.*", "when anything happens to a merge request"],
    [["issue.open", "issue.*"], "when anything happens to an issue"],
    [["issue.*", "epic.*"], "when anything happens to an issue or an epic"],
    ["*.open", "when anything is opened"],
    ["*", "whatever happens"],
    [["issue.open", "**"], "whatever happens"],
    ["nightly_import.late", "on nightly_import.late"],
    [["a.late", "b.late", "c"], "on a.late, b.late or c"],
    [["issue.open", "a.late"], "when an issue is opened or on a.late"],
    ["issue.opened", "on issue.opened"],
    ["issue.*label*", "on issue.*label*"],
    ["issue", "on issue"],
    ["*.*", "on *.*"],
    ["issue.constructor", "on issue.constructor"],
    ["__proto__.open", "on __proto__.open"],
    ["", "on"],
  ])("%j: %s", ([on, words]) => {
    expect(inWords(on)).toBe(words);
  });

  test.for<[on: Rule["on"], words: string]>([
    ["reaction.escalate", "when somebody reacts with :escalate:"],
    [["reaction.a", "reaction.b"], "when somebody reacts with :a: or :b:"],
    ["reaction.+1::skin-tone-2", "when somebody reacts with :+1::skin-tone-2:"],
    ["reaction.*", "when somebody reacts with any emoji"],
    ["reaction_removed.x", "when somebody takes the reaction :x: back"],
    [
      ["reaction_removed.x", "reaction_removed.y"],
      "when somebody takes the reaction :x: or :y: back",
    ],
    ["reaction_removed.*", "when somebody takes any reaction back"],
    [
      ["reaction.x", "reaction_removed.x"],
      "when somebody reacts with :x: or takes the reaction :x: back",
    ],
    ["member_joined", "when somebody joins the channel"],
    ["shortcut.issue", "when somebody uses the shortcut “Make a GitLab issue”"],
    ["shortcut.page_me", "when somebody uses the shortcut “page_me”"],
    [
      ["shortcut.issue", "shortcut.page_me"],
      "when somebody uses the shortcut “Make a GitLab issue” or “page_me”",
    ],
    ["shortcut.*", "when somebody uses any shortcut"],
  ])("in Slack, %j: %s", ([on, words]) => {
    expect(inWords(on)).toBe(words);
  });

  test.for(TYPES)("%s is a sentence", (type) => {
    const words = inWords(type);
    expect(words).toMatch(/^when (an?|anything happens to an?) [\w -]+$/);
    expect(words).not.toMatch(/undefined|null|\b(\w+) \1\b|_/);
  });

  it("says something else of each type of a kind", () => {
    const types = TYPES.filter((type) => !type.endsWith(".*"));
    expect(new Set(types.map((type) => inWords(type))).size).toBe(types.length);
  });
});

describe("the conditions of a rule", () => {
  test.for<[when: NonNullable<Rule["when"]>, words: string]>([
    [{}, ""],
    [{ labels: {} }, ""],
    [{ labels: "bug" }, ", if its labels include bug"],
    [{ labels: ["bug", "type::*"] }, ", if its labels include bug or type::*"],
    [{ labels: { all: "a" } }, ", if its labels include a"],
    [{ labels: { all: ["a", "b"] } }, ", if its labels include both a and b"],
    [{ labels: { all: ["a", "b", "c"] } }, ", if its labels include all of a, b and c"],
    [{ labels: { none: "a" } }, ", if its labels do not include a"],
    [{ labels: { none: "a", not: ["b"] } }, ", if its labels include neither a nor b"],
    [{ labels: { any: "a", not: ["b", "c"] } }, ", if its labels include a and neither b nor c"],
    [
      { labels: { any: ["a", "b"], all: ["c", "d"], none: "e" } },
      ", if its labels include a or b and both c and d and not e",
    ],
    [{ labels: "*" }, ", if its labels include anything"],
    [{ assignee: { none: "*" } }, ", if its assignees do not include anything"],
    [{ milestone: "*" }, ", if its milestone is set"],
    [{ milestone: { none: "*" } }, ", if its milestone is not set"],
    [
      { labels_added: "p1", actor: "ana" },
      ", if the labels put on include p1, and who did it is ana",
    ],
    [{ branch: ["main", "v*"] }, ", if the branch or tag is main or v*"],
    [{ confidential: true }, ", if it is confidential"],
    [{ confidential: false }, ", if it is not confidential"],
    [{ noteable: "issue" }, ", if what was commented on is issue"],
    [{ if: "event.issue.weight >= 3" }, ", if event.issue.weight >= 3"],
    [
      { labels: "a", status: "opened", if: "event.issue.weight\n  >= 3" },
      ", if its labels include a, its status is opened, and if event.issue.weight >= 3",
    ],
    [
      { labels: ["Terms and conditions", "x"] },
      ", if its labels include “Terms and conditions” or x",
    ],
    [{ labels: { none: "not a" } }, ", if its labels do not include “not a”"],
    [{ labels: "<!channel> *x* `y`" }, ", if its labels include <!channel> *x* `y`"],
  ])("%j", ([when, words]) => {
    expect(inWords("issue.open", { when })).toBe(`when an issue is opened${words}`);
  });

  test.for<[on: string, field: "branch" | "stage", words: string]>([
    ["merge_request.*", "branch", "the source branch is x"],
    ["pipeline.failed", "branch", "the branch or tag is x"],
    ["pipeline.failed", "stage", "the stage that failed is x"],
    ["job.failed", "stage", "the stage is x"],
  ])("of %s, %s is as docs/mappings.md says", ([on, field, words]) => {
    expect(inWords(on, { when: { [field]: "x" } })).toContain(words);
  });

  it("hold for all that the rule is on", () => {
    expect(inWords(["issue.open", "note.create"], { when: { labels: "a" } })).toBe(
      "when an issue is opened or when a comment is written, in each case if its labels include a",
    );
  });
});

describe("a rule as a whole", () => {
  it("is one sentence", () => {
    const when = {
      labels: { any: ["License*", "SM Renewals"], none: ["Duplicate"] },
      actor: { not: ["*bot*"] },
    };
    expect(inWords(["issue.open", "issue.labeled"], { when })).toBe(
      "when an issue is opened or labelled, if its labels include License* or SM Renewals and not Duplicate, and who did it is not *bot*",
    );
  });

  test.for<[changes: Partial<Rule>, words: string]>([
    [{ enabled: true, mode: "live" }, ""],
    [{ enabled: false }, " (switched off)"],
    [{ mode: "shadow" }, " (shadow: records only, sends nothing)"],
    [{ enabled: false, mode: "shadow" }, " (shadow: records only, sends nothing) (switched off)"],
    [{ enabled: false, when: { labels: "a" } }, ", if its labels include a (switched off)"],
  ])("%j ends in %j", ([changes, words]) => {
    expect(inWords("issue.open", changes)).toBe(`when an issue is opened${words}`);
  });

  it("is one line for any rule, whatever stands in it", () => {
    const word = fc.oneof(
      { weight: 3, arbitrary: fc.string({ minLength: 1, unit: "binary" }) },
      { weight: 1, arbitrary: fc.constantFrom("*", "a, b", "or", "if", "…", "$1", "\n", "not x") },
    );
    const half = fc.constantFrom(
      "issue",
      "pipeline",
      "reaction",
      "shortcut",
      "open",
      "*",
      "",
      "toString",
    );
    const type = fc.oneof(
      word,
      fc.constantFrom(...TYPES),
      fc.tuple(half, fc.oneof(half, word)).map((halves) => halves.join(".")),
    );
    const words = fc.oneof(word, fc.array(word));
    const globs = fc.oneof(
      words,
      fc.record({ any: words, all: words, none: words, not: words }, { requiredKeys: [] }),
    );
    const when = fc.record(
      {
        labels: globs,
        actor: globs,
        branch: globs,
        milestone: globs,
        confidential: fc.boolean(),
        if: word,
      },
      { requiredKeys: [] },
    );
    const rule = fc.record(
      {
        name: word,
        to: word,
        on: fc.oneof(type, fc.array(type, { minLength: 1, maxLength: 6 })),
        when,
        enabled: fc.boolean(),
        mode: fc.constantFrom("live" as const, "shadow" as const),
      },
      { requiredKeys: ["name", "to", "on"] },
    );
    fc.assert(
      fc.property(rule, (given) => {
        expect(ruleInWords(given)).toMatch(/^(when|on|whatever happens)(?![a-z])[^\n\r]*$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what only rules on Slack's events say", () => {
  test.for<[changes: Partial<Rule>, words: string]>([
    [{ who: "anyone" }, ""],
    [{ who: "U0123456789" }, ", if it is U0123456789"],
    [{ who: { any: ["U1A", "S2B"], not: "bots" } }, ", if it is U1A or S2B and unless it is a bot"],
    [{ who: { not: ["bots", "U1A"] } }, ", unless it is a bot or U1A"],
    [{ cooldown: "10m" }, ", at most every 10m"],
    [{ once: "never" }, ", each time"],
    [{ once: "message" }, ""],
    [
      { when: { actor: "ana*" }, who: { not: "bots" }, cooldown: "2h" },
      ", if who did it is ana*, unless it is a bot, at most every 2h",
    ],
  ])("%j", ([changes, words]) => {
    expect(inWords("reaction.escalate", changes)).toBe(
      `when somebody reacts with :escalate:${words}`,
    );
  });
});
