import { expect, it } from "vitest";
import { changesInWords } from "../../../src/publishing/changes-in-words.ts";
import { fileOf } from "../../../src/cli/publishing/file-of.ts";
import { unifiedDiff } from "../../../src/publishing/unified-diff.ts";

const KEY = "mapping/gitlab/acme/web";
const RULE = { name: "Opened", on: "issue.open", to: "support" };

function mapping(...rules: object[]): string {
  return JSON.stringify({ rules });
}

function between(before: object, after: object): string[] {
  return changesInWords(KEY, mapping(before), mapping(after));
}

it.each<[string, object, string[]]>([
  ["a switch", { enabled: false }, ['rule "Opened" is switched off']],
  ["a mode", { mode: "shadow" }, ['rule "Opened" only records now, and sends nothing']],
  ["another name", { name: "New" }, ['rule "Opened" is called "New" now']],
  [
    "another occasion",
    { on: "issue.close" },
    ['rule "Opened" applies when an issue is closed\n  (before: when an issue is opened)'],
  ],
  [
    "other conditions",
    { when: { labels: "bug" } },
    [
      'rule "Opened" applies when an issue is opened, if its labels include bug\n  (before: when an issue is opened)',
    ],
  ],
  [
    "other destinations",
    { to: ["a", "b"] },
    ['rule "Opened" goes to a and b', 'rule "Opened" no longer goes to support'],
  ],
  ["words of its own", { message: "hello" }, ['rule "Opened" has words of its own now']],
  ["another style", { style: "compact" }, ['rule "Opened" says the default message, as one line']],
  ["a variable", { variables: { title: "x" } }, ['rule "Opened" fills the variable title']],
])("says what %s of a rule changes", (_name, change, words) => {
  expect(between(RULE, { ...RULE, ...change })).toEqual(words);
});

it("says which rules are new, gone and moved, the fewest possible", () => {
  const [a, b, c, d] = ["A", "B", "C", "D"].map((name) => ({ ...RULE, name, to: name }));
  expect(changesInWords(KEY, mapping(a!, b!, c!), mapping(c!, a!, b!))).toEqual([
    'rule "C" is asked in place 1 of 3 now',
  ]);
  expect(changesInWords(KEY, mapping(a!, b!), mapping(a!, d!))).toEqual([
    'new rule "D": when an issue is opened, to D',
    'no rule "B" any more: when an issue is opened, to B',
  ]);
});

it("says whether the groups above apply, and nothing where only the text differs", () => {
  const text = JSON.stringify({ inherit: false, rules: [RULE] });
  expect(changesInWords(KEY, mapping(RULE), text)).toEqual([
    "rules of the groups above, and of *, do not apply here",
  ]);
  expect(
    changesInWords(KEY, text, JSON.stringify({ rules: [RULE], inherit: false }, null, 2)),
  ).toEqual([]);
});

it("says what destinations become, and never where a written-out address leads", () => {
  const key = "destination/support";
  const hook = (url: string, more = {}) => JSON.stringify({ type: "workflow", url, ...more });
  const said = changesInWords(
    key,
    hook("https://hooks.slack.com/triggers/one"),
    hook("https://hooks.slack.com/triggers/two", { limit: "5/minute", variables: ["title"] }),
  );
  expect(said).toEqual([
    "goes to another address",
    "at most 5/minute; before, at Slack's pace",
    "gets the variable title",
  ]);
  const channel = '{"type":"channel","channel":"C0000000001"}';
  expect(changesInWords(key, channel, channel.replace("}", ',"confidential":true}'))).toEqual([
    "may be told of confidential events now",
  ]);
  expect(changesInWords(key, channel, null)).toEqual(["nothing can be sent there any more"]);
  expect(changesInWords(key, channel, '{"type":"channel"}')).toEqual([
    "it cannot be used as it is then",
  ]);
});

it("knows which keys can be files, and shows lines that differ with their surroundings", () => {
  expect(fileOf("mapping/gitlab/*")).toBe("mapping/gitlab/*.yaml");
  for (const key of [
    "person/../x",
    "person//x",
    "person/.x",
    "other/x",
    "person/a\\b",
    "person/",
  ]) {
    expect(fileOf(key)).toBeNull();
  }
  expect(unifiedDiff("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nd\ne\nF\n")).toEqual([
    "@@ -3 +3 @@",
    " c",
    " d",
    " e",
    "-f",
    "+F",
  ]);
});
