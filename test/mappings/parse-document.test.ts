import { describe, expect, it, test } from "vitest";
import { parseDestination, parseMapping } from "../../src/mappings/parse-document.ts";

const RULE = { name: "A", on: "issue.open", to: "x" };
const WORKFLOW = { type: "workflow", url: "secret:TRIGGER_URL" };
const CHANNEL = { type: "channel", channel: "C0123456789" };
const TWENTY_ONE = Array.from({ length: 21 }, (_, n) => `v${n}`);

/** A mapping of one rule with `changes`. */
function rule(changes: Record<string, unknown>): unknown {
  return { rules: [{ ...RULE, ...changes }] };
}

/** What is wrong with a document, as `path: message`. */
function problems(
  parse: typeof parseMapping | typeof parseDestination,
  document: unknown,
): string[] {
  const parsed = parse("key", JSON.stringify(document));
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("a mapping is refused", () => {
  test.for<[document: unknown, ...problems: string[]]>([
    [null, ": expected an object, found null."],
    [[], ": expected an object, found a list."],
    ["rules", ': expected an object, found "rules".'],
    [{}, "rules: expected a list, found nothing."],
    [{ rules: {} }, "rules: expected a list, found an object."],
    [{ rules: [null] }, "rules[0]: expected an object, found null."],
    [{ rules: [], rule: [] }, 'rule: unknown key. Did you mean "rules"?'],
    [{ rules: [], inherits: false }, 'inherits: unknown key. Did you mean "inherit"?'],
    [{ rules: [], inherit: "no" }, 'inherit: expected true or false, found "no".'],
    [
      { rules: [RULE, {}] },
      "rules[1].name: expected a text, found nothing.",
      "rules[1].on: expected a text or a list, found nothing.",
      "rules[1].to: expected a text or a list, found nothing.",
    ],
    [
      { rules: [RULE, { ...RULE, on: "note.*" }] },
      'rules[1].name: "A" is the name of another rule; names are unique in a mapping.',
    ],
    [rule({ name: 7 }), "rules[0].name: expected a text, found 7."],
    [rule({ on: null }), "rules[0].on: expected a text or a list, found null."],
    [rule({ on: ["issue.open", 7] }), "rules[0].on[1]: expected a text, found 7."],
    [rule({ to: {} }), "rules[0].to: expected a text or a list, found an object."],
    [rule({ wen: {} }), 'rules[0].wen: unknown key. Did you mean "when"?'],
    [
      rule({ zebra: 1 }),
      "rules[0].zebra: unknown key. There are name, on, when, to, variables, message, style, enabled, mode.",
    ],
    [
      rule({ name: { length: { toString: 1 } } }),
      ': an object has a key "length" where a text or a list belongs.',
    ],
    [
      rule({ constructor: 1 }),
      "rules[0].constructor: unknown key. There are name, on, when, to, variables, message, style, enabled, mode.",
    ],
    [
      rule({ mode: { toString: "shadow" } }),
      'rules[0].mode: expected "live" or "shadow", found an object.',
    ],
    [rule({ enabled: "true" }), 'rules[0].enabled: expected true or false, found "true".'],
    [
      rule({ mode: "shadw" }),
      'rules[0].mode: expected "live" or "shadow", found "shadw". Did you mean "shadow"?',
    ],
    [rule({ mode: true }), 'rules[0].mode: expected "live" or "shadow", found true.'],
    [rule({ when: [] }), "rules[0].when: expected an object, found a list."],
    [rule({ when: { label: "x" } }), 'rules[0].when.label: unknown key. Did you mean "labels"?'],
    [
      rule({ when: { labels: { some: "x" } } }),
      "rules[0].when.labels.some: unknown key. There are any, all, none, not.",
    ],
    [
      rule({ when: { labels: { nono: "x" } } }),
      'rules[0].when.labels.nono: unknown key. Did you mean "none"?',
    ],
    [
      rule({ when: { labels: 7 } }),
      "rules[0].when.labels: expected a text, a list or an object, found 7.",
    ],
    [
      rule({ when: { labels: { any: 7 } } }),
      "rules[0].when.labels.any: expected a text or a list, found 7.",
    ],
    [
      rule({ when: { confidential: "yes" } }),
      'rules[0].when.confidential: expected true or false, found "yes".',
    ],
    [rule({ when: { if: 7 } }), "rules[0].when.if: expected a text, found 7."],
    [
      rule({ when: { if: "event.title ==" } }),
      "rules[0].when.if: not a condition that can be used: Unexpected token: EOF (column 15)",
    ],
    [
      rule({ when: { if: "evnt.title == 'x'" } }),
      "rules[0].when.if: not a condition that can be used: Unknown variable: evnt (column 1)",
    ],
    [rule({ variables: [] }), "rules[0].variables: expected an object, found a list."],
    [
      rule({ variables: { title: null } }),
      "rules[0].variables.title: expected a text, a number or true or false, found null.",
    ],
    [
      rule({ variables: { title: "{{ event.title | nope }}" } }),
      'rules[0].variables.title: there is no filter "nope" (line 1, column 18)',
    ],
    [rule({ message: 7 }), "rules[0].message: expected a text or an object, found 7."],
    [
      rule({ message: "first\n  {{ event.title" }),
      'rules[0].message: the output "{{ event.title" is not closed with }} (line 2, column 3)',
    ],
    [
      rule({ message: { txt: "x" } }),
      "rules[0].message.text: expected a text, found nothing.",
      'rules[0].message.txt: unknown key. Did you mean "text"?',
    ],
    [
      rule({
        message: {
          text: "x",
          blocks: [{ type: "section", text: { type: "mrkdwn", text: "{% if %}" } }],
        },
      }),
      "rules[0].message.blocks[0].text.text: a value is missing (line 1, column 6)",
    ],
    [
      rule({ message: { text: "x", blocks: [{}] } }),
      "rules[0].message.blocks[0].type: expected a text, found nothing.",
    ],
    [
      rule({ name: 1, on: 2, oops: 4 }),
      "rules[0].name: expected a text, found 1.",
      "rules[0].on: expected a text or a list, found 2.",
      "rules[0].oops: unknown key. There are name, on, when, to, variables, message, style, enabled, mode.",
    ],
  ])("%j", ([document, ...expected]) => {
    expect(problems(parseMapping, document)).toEqual(expected);
  });

  test.for(["card", "thread", "coalesce", "mention", "digest", "buttons", "budget"])(
    "for the reserved key %s, until it is built",
    (key) => {
      expect(problems(parseMapping, rule({ [key]: true }))).toEqual([
        `rules[0].${key}: not supported yet.`,
      ]);
      expect(problems(parseDestination, { ...CHANNEL, [key]: true })).toEqual([
        `${key}: not supported yet.`,
      ]);
    },
  );

  test.for(["who", "once", "cooldown", "undo", "issue"])(
    "for the key %s, which only rules on Slack's events have",
    (key) => {
      expect(problems(parseMapping, rule({ [key]: true }))).toEqual([
        `rules[0].${key}: only rules of mapping/slack/<channel id> have it.`,
      ]);
    },
  );

  test.for(["thread", "ephemeral", "dm", "gitlab_issue"])(
    "for the destination %s, which only Slack's events have",
    (name) => {
      const problem = `rules[0].to: "${name}" answers in Slack: only rules of mapping/slack/<channel id> may name it.`;
      expect(problems(parseMapping, rule({ to: name }))).toEqual([problem]);
      expect(problems(parseMapping, rule({ to: ["x", name] }))).toEqual([problem]);
    },
  );

  test.for<[document: unknown, problem: string]>([
    [rule({ name: "" }), "rules[0].name: expected at least 1 character."],
    [rule({ name: "x".repeat(201) }), "rules[0].name: expected at most 200 characters."],
    [rule({ on: "" }), "rules[0].on: expected at least 1 character."],
    [rule({ on: [] }), "rules[0].on: expected at least 1 entry."],
    [rule({ to: [] }), "rules[0].to: expected at least 1 entry."],
    [rule({ to: [""] }), "rules[0].to[0]: expected at least 1 character."],
    [rule({ when: { labels: [] } }), "rules[0].when.labels: expected at least 1 entry."],
    [
      rule({ when: { labels: { any: [] } } }),
      "rules[0].when.labels.any: expected at least 1 entry.",
    ],
    [
      rule({ when: { labels: "x".repeat(501) } }),
      "rules[0].when.labels: expected at most 500 characters.",
    ],
    [rule({ when: { if: "" } }), "rules[0].when.if: expected at least 1 character."],
    [rule({ message: "" }), "rules[0].message: expected at least 1 character."],
    [
      rule({ message: "x".repeat(10_001) }),
      "rules[0].message: the template is longer than 10,000 characters.",
    ],
    [
      rule({ message: { text: "x", blocks: [] } }),
      "rules[0].message.blocks: expected at least 1 entry.",
    ],
    [
      rule({ variables: Object.fromEntries(TWENTY_ONE.map((name) => [name, "x"])) }),
      "rules[0].variables: expected at most 20 variables, which is what a Slack workflow takes.",
    ],
  ])("for too little or too much: %#", ([document, problem]) => {
    expect(problems(parseMapping, document)).toEqual([problem]);
  });

  test.for(["", "{", "rules:\n  - name: A", "undefined", '{"rules":[],}'])(
    "when it is not JSON: %j",
    (text) => {
      for (const parse of [parseMapping, parseDestination]) {
        const parsed = parse("key", text);
        expect(parsed.ok ? null : parsed.problems).toEqual([
          { path: "", message: expect.stringMatching(/^the document is not JSON: ./) },
        ]);
      }
    },
  );
});

describe("a mapping is accepted", () => {
  test.for<[name: string, document: unknown]>([
    ["with an empty list of rules", { rules: [] }],
    ["with the least a rule can be", { rules: [RULE] }],
    [
      "with everything a rule can be",
      rule({
        on: ["issue.*", "note.create"],
        to: ["x", "y"],
        when: {
          labels: { any: ["a*"], all: "b", none: ["c"], not: "d" },
          actor: { not: ["*bot*"] },
          branch: "main",
          confidential: false,
          if: "event.issue.weight >= 3",
        },
        variables: { title: "{{ event.title }}", count: 3, urgent: true },
        message: { text: "{{ event.link }}", blocks: [{ type: "divider" }] },
        enabled: false,
        mode: "shadow",
      }),
    ],
  ])("%s", ([, document]) => {
    expect(problems(parseMapping, document)).toEqual([]);
  });

  it("and compiled with its key and what it inherits", () => {
    const parse = (document: unknown) =>
      parseMapping("mapping/gitlab/acme", JSON.stringify(document));
    expect(parse({ rules: [] })).toMatchObject({
      ok: true,
      value: { key: "mapping/gitlab/acme", inherit: true, rules: [] },
    });
    expect(parse({ rules: [], inherit: false })).toMatchObject({ value: { inherit: false } });
    expect(parse(rule({ to: ["x", "y", "x"], mode: "shadow" }))).toMatchObject({
      value: { rules: [{ name: "A", to: ["x", "y"], shadow: true, enabled: true, message: null }] },
    });
  });
});

const LIMIT_PROBLEM =
  'limit: expected "none" or a number from 1 to 9999 per unit, such as "10/minute" or "1/second".';

describe("a destination is refused", () => {
  test.for<[document: unknown, ...problems: string[]]>([
    [null, ": expected an object, found null."],
    [{}, 'type: expected "workflow", "channel" or "webhook", found nothing.'],
    [
      { type: "workflw" },
      'type: expected "workflow", "channel" or "webhook", found "workflw". Did you mean "workflow"?',
    ],
    [
      { type: { toString: 1 } },
      'type: expected "workflow", "channel" or "webhook", found an object.',
    ],
    [{ type: "email" }, 'type: expected "workflow", "channel" or "webhook", found "email".'],
    [{ type: "workflow" }, "url: expected a text, found nothing."],
    [{ type: "webhook" }, "url: expected a text, found nothing."],
    [{ type: "channel" }, "channel: expected a text, found nothing."],
    [
      { type: "webhook", url: "hooks.slack.com/services/x" },
      "url: expected secret:NAME (the name of a Worker secret) or a URL.",
    ],
    [
      { type: "channel", channel: "#general" },
      'channel: expected a Slack channel id such as C0123456789 (in Slack: channel details, at the bottom), found "#general".',
    ],
    [
      { type: "channel", chanel: "C0123456789" },
      "channel: expected a text, found nothing.",
      'chanel: unknown key. Did you mean "channel"?',
    ],
    [{ ...CHANNEL, url: "x" }, "url: unknown key. There are type, channel, limit, confidential."],
    [{ ...WORKFLOW, confidental: true }, 'confidental: unknown key. Did you mean "confidential"?'],
    [{ ...WORKFLOW, confidential: "yes" }, 'confidential: expected true or false, found "yes".'],
    [{ ...WORKFLOW, variables: "title" }, 'variables: expected a list, found "title".'],
    [{ ...WORKFLOW, limits: "1/second" }, 'limits: unknown key. Did you mean "limit"?'],
    [{ ...WORKFLOW, limit: 10 }, "limit: expected a text, found 10."],
    [{ ...WORKFLOW, limit: "10 per minute" }, LIMIT_PROBLEM],
    [{ ...WORKFLOW, limit: "0/minute" }, LIMIT_PROBLEM],
    [{ ...WORKFLOW, limit: "10/day" }, LIMIT_PROBLEM],
    [{ ...WORKFLOW, limit: "10000/hour" }, LIMIT_PROBLEM],
    [{ ...WORKFLOW, limit: "1.5/second" }, LIMIT_PROBLEM],
    [{ ...WORKFLOW, limit: "" }, LIMIT_PROBLEM],
  ])("%j", ([document, ...expected]) => {
    expect(problems(parseDestination, document)).toEqual(expected);
  });

  it("with 21 variables, for Workflow Builder takes twenty", () => {
    expect(problems(parseDestination, { ...WORKFLOW, variables: TWENTY_ONE })).toEqual([
      "variables: expected at most 20 entries.",
    ]);
    expect(problems(parseDestination, { ...WORKFLOW, variables: TWENTY_ONE.slice(1) })).toEqual([]);
  });

  test.for([
    "secret:",
    "secret:A B",
    "secret:A-B",
    "secret",
    "javascript:x",
    "mailto:a@b.test",
    "",
  ])("with the url %j", (url) => {
    expect(problems(parseDestination, { ...WORKFLOW, url })).toEqual([
      "url: expected secret:NAME (the name of a Worker secret) or a URL.",
    ]);
  });
});

test.for<unknown>([
  WORKFLOW,
  { ...WORKFLOW, variables: ["title", "url"], limit: "10/minute", confidential: true },
  { ...WORKFLOW, variables: [], limit: "none" },
  CHANNEL,
  { type: "channel", channel: "U0123456789", limit: "1/second" },
  { type: "webhook", url: "https://hooks.slack.com/services/T0/B0/x", limit: "9999/hour" },
])("a destination is accepted: %j", (document) => {
  expect(problems(parseDestination, document)).toEqual([]);
});
