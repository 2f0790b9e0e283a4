import { describe, expect, it, test } from "vitest";
import type { Event } from "../../src/event.ts";
import type { CompiledRule } from "../../src/mappings/compile-mapping.ts";
import { parseMapping } from "../../src/mappings/parse-document.ts";
import { foldType, onceFor } from "../../src/mappings/slack-terms.ts";
import { parseSlackEvent } from "../../src/slack/parse-event.ts";
import { issue } from "./rules.ts";

const KEY = "mapping/slack/C0000000001";
const ANSWER = { name: "A", on: "reaction.eyes", to: "thread", message: "Do this." };
const MAKE = { name: "A", on: "reaction.eyes", to: "gitlab_issue", issue: { project: "a/b" } };

/** What is wrong with a rule, as `path: message`. */
function problems(rule: object, key = KEY): string[] {
  const parsed = parseMapping(key, JSON.stringify({ rules: [rule] }));
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

/** A rule compiled; one that is refused fails the test. */
function compiled(changes: object = {}): CompiledRule {
  const parsed = parseMapping(KEY, JSON.stringify({ rules: [{ ...ANSWER, ...changes }] }));
  const rule = parsed.ok ? parsed.value.rules[0] : undefined;
  if (rule === undefined) throw new Error(JSON.stringify(parsed));
  return rule;
}

function terms(changes: object = {}) {
  const { slack } = compiled(changes);
  if (slack === null) throw new Error("a rule on Slack's events has terms");
  return slack;
}

const [AMINA, BRUNO, GROUP, OTHERS] = ["U0000000001", "U0000000002", "S0000000001", "S0000000002"];

/** Somebody's reaction. */
function reaction(
  user: string,
  {
    bot = false,
    groups = [],
    name = null,
  }: { bot?: boolean; groups?: string[]; name?: string | null } = {},
): Event {
  const payload = {
    type: "event_callback",
    event: { type: "reaction_added", user, reaction: "eyes" },
  };
  return parseSlackEvent(payload, "x", {
    bot: null,
    channelName: null,
    message: null,
    people: { [user]: { username: null, name, bot, gitlab: null } },
    // Of the other groups of these rules Slack says that the person is not in them.
    groups: { [GROUP]: groups.includes(GROUP), [OTHERS]: groups.includes(OTHERS) },
    unknown: [],
  });
}

function noScope(): never {
  throw new Error("nobody needs a scope to know who it was");
}

/** Whether all conditions hold, and else why the first does not. */
function verdict(who: unknown, event: Event): string | true {
  const failed = compiled({ who }).conditions.find(({ holds }) => !holds(event, noScope));
  return failed === undefined ? true : failed.why(event, noScope);
}

describe("who", () => {
  test.for<[who: unknown, event: Event, verdict: string | true]>([
    ["anyone", reaction(AMINA), true],
    ["anyone", reaction(AMINA, { bot: true }), true],
    [AMINA, reaction(AMINA), true],
    [AMINA, reaction(BRUNO), `who: it was ${BRUNO}; wanted any of ${AMINA}`],
    [[AMINA, BRUNO], reaction(BRUNO), true],
    [
      [AMINA],
      reaction(BRUNO, { name: "Bruno" }),
      `who: it was Bruno ${BRUNO}; wanted any of ${AMINA}`,
    ],
    ["bots", reaction(AMINA, { bot: true }), true],
    ["bots", reaction(AMINA), `who: it was ${AMINA}; wanted any of bots`],
    [GROUP, reaction(AMINA, { groups: [GROUP] }), true],
    [
      [GROUP, BRUNO],
      reaction(AMINA, { groups: [OTHERS] }),
      `who: it was ${AMINA} of ${OTHERS}; wanted any of ${GROUP}, ${BRUNO}`,
    ],
    [{ any: "anyone", not: "bots" }, reaction(AMINA), true],
    [
      { any: "anyone", not: "bots" },
      reaction(AMINA, { bot: true, name: "Robot" }),
      `who: it was Robot ${AMINA}, a bot; wanted none of bots`,
    ],
    [{ not: [AMINA, GROUP] }, reaction(BRUNO), true],
    [
      { not: [AMINA, GROUP] },
      reaction(BRUNO, { groups: [GROUP] }),
      `who: it was ${BRUNO} of ${GROUP}; wanted none of ${AMINA}, ${GROUP}`,
    ],
    [
      { any: GROUP, not: AMINA },
      reaction(AMINA, { groups: [GROUP] }),
      `who: it was ${AMINA} of ${GROUP}; wanted none of ${AMINA}`,
    ],
    [{ any: GROUP, not: AMINA }, reaction(BRUNO, { groups: [GROUP] }), true],
    [{ any: AMINA }, reaction(""), `who: it was nobody; wanted any of ${AMINA}`],
    [{ not: AMINA }, reaction(""), true],
    [{}, reaction(AMINA), true],
  ])("%j", ([who, event, said]) => {
    expect(verdict(who, event)).toBe(said);
  });

  it("that is not said lets everybody", () => {
    expect(compiled().conditions).toEqual([]);
  });

  it("says which user groups have to be asked for", () => {
    expect(terms({ who: GROUP }).groups).toEqual([GROUP]);
    expect(terms({ who: [AMINA, GROUP, "bots"] }).groups).toEqual([GROUP]);
    expect(terms({ who: { any: GROUP, not: [OTHERS, "bots"] } }).groups).toEqual([GROUP, OTHERS]);
    expect(terms({ who: { not: AMINA } }).groups).toEqual([]);
    expect(terms().groups).toEqual([]);
  });

  const EXPECTED =
    'expected "anyone", "bots", a member id such as U0123456789 or a user group id such as S0123456789, found';
  test.for<[who: unknown, ...problems: string[]]>([
    ["amina", `rules[0].who: ${EXPECTED} "amina".`],
    ["@amina", `rules[0].who: ${EXPECTED} "@amina".`],
    ["u0000000001", `rules[0].who: ${EXPECTED} "u0000000001".`],
    ["C0000000001", `rules[0].who: ${EXPECTED} "C0000000001".`],
    ["Bots", `rules[0].who: ${EXPECTED} "Bots".`],
    [["bots", "amina"], `rules[0].who[1]: ${EXPECTED} "amina".`],
    [{ not: "amina" }, `rules[0].who.not: ${EXPECTED} "amina".`],
    [[], "rules[0].who: expected at least 1 entry."],
    [{ none: "bots" }, "rules[0].who.none: unknown key. There are any, not."],
    [7, "rules[0].who: expected a text, a list or an object, found 7."],
  ])("%j is refused", ([who, ...said]) => {
    expect(problems({ ...ANSWER, who })).toEqual(said);
  });
});

describe("once", () => {
  test.for<[destination: string, kind: string, once: string]>([
    ["thread", "reaction", "message"],
    ["gitlab_issue", "reaction", "message"],
    ["support", "reaction", "message"],
    ["ephemeral", "reaction", "user"],
    ["dm", "reaction", "user"],
    ["ephemeral", "shortcut", "never"],
    ["thread", "shortcut", "never"],
    ["support", "member_joined", "user"],
    ["dm", "member_joined", "user"],
  ])("at %s for a %s is by default: %s", ([destination, kind, once]) => {
    expect(onceFor(terms(), destination, kind)).toBe(once);
  });

  test.for(["message", "user", "never"] as const)("is what the rule says: %s", (once) => {
    for (const destination of ["thread", "ephemeral", "dm", "gitlab_issue", "support"])
      expect(onceFor(terms({ once }), destination, "shortcut")).toBe(once);
  });

  it("is one of three words", () => {
    expect(problems({ ...ANSWER, once: "users" })).toEqual([
      'rules[0].once: expected "message", "user" or "never", found "users". Did you mean "user"?',
    ]);
  });
});

describe("cooldown", () => {
  test.for<[cooldown: string, ms: number]>([
    ["1s", 1_000],
    ["30 s", 30_000],
    ["10m", 600_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["99999d", 99_999 * 86_400_000],
  ])("%s is %s ms", ([cooldown, ms]) => {
    expect(terms({ cooldown }).cooldownMs).toBe(ms);
  });

  it("that is not said is none", () => {
    expect(terms().cooldownMs).toBeNull();
  });

  test.for([
    "",
    "0s",
    "10",
    "m",
    "10 min",
    "1.5h",
    "-1m",
    "1w",
    "10M",
    "100000s",
    "1  s",
    " 1s",
    "1s ",
  ])("%j is refused", (cooldown) => {
    expect(problems({ ...ANSWER, cooldown })).toEqual([
      `rules[0].cooldown: expected a time such as 30s, 10m, 2h or 1d, found ${JSON.stringify(cooldown)}.`,
    ]);
  });
});

describe("a type of event", () => {
  test.for<[type: string, folded: string]>([
    ["reaction.:thumbsup:", "reaction.+1"],
    ["reaction.thumbsup", "reaction.+1"],
    ["reaction.+1::skin-tone-3", "reaction.+1"],
    ["reaction_removed.:ThumbsDown:", "reaction_removed.-1"],
    ["Reaction.:thumbsup:", "Reaction.+1"],
    ["reaction.thumbs*", "reaction.thumbs*"],
    ["reaction.thumbsu?", "reaction.thumbsu?"],
    ["reaction.*", "reaction.*"],
    ["reaction.our_own", "reaction.our_own"],
    ["reaction", "reaction"],
    ["shortcut.thumbsup", "shortcut.thumbsup"],
    ["member_joined", "member_joined"],
    ["*", "*"],
  ])("%s is %s", ([type, folded]) => {
    expect(foldType(type)).toBe(folded);
  });

  it("may name an emoji as people do", () => {
    const { on } = compiled({ on: ["reaction.:thumbsup:", "reaction.:flag-de:"] });
    expect(on(["reaction.+1"])).toBe(true);
    expect(on(["reaction.de"])).toBe(true);
    expect(on(["reaction_removed.+1"])).toBe(false);
    expect(on(["reaction.-1"])).toBe(false);
  });
});

describe("a rule that contradicts itself", () => {
  const NO_MESSAGE = 'rules[0].message: missing: say what is answered to "thread".';
  test.for<[name: string, rule: object, ...problems: string[]]>([
    ["answers nothing", { ...ANSWER, message: undefined }, NO_MESSAGE],
    [
      "answers nothing besides",
      { ...ANSWER, to: ["support", "thread"], message: undefined },
      NO_MESSAGE,
    ],
    [
      "makes an issue nowhere",
      { ...MAKE, issue: undefined },
      'rules[0].issue: missing: "gitlab_issue" needs issue.project, the project that the issue is made in.',
    ],
    [
      "has an issue and makes none",
      { ...ANSWER, issue: MAKE.issue },
      "rules[0].issue: only a rule with to: gitlab_issue makes issues.",
    ],
    [
      "answers in a thread in which the issue is answered",
      { ...MAKE, to: ["gitlab_issue", "thread"], message: "Made." },
      'rules[0].to: "gitlab_issue" answers in the thread by itself; leave "thread" out.',
    ],
    [
      "answers a message that nobody wrote",
      { ...ANSWER, on: "member_joined" },
      'rules[0].to: "thread" needs a message, and nobody who joins writes one.',
    ],
    [
      "makes an issue of a message that nobody wrote",
      { ...MAKE, on: "Member_Joined" },
      'rules[0].to: "gitlab_issue" needs a message, and nobody who joins writes one.',
    ],
    [
      "takes back what cannot be taken back",
      { ...ANSWER, to: "ephemeral", undo: true },
      'rules[0].undo: what goes to "ephemeral" cannot be taken back.',
    ],
    [
      "takes back an issue",
      { ...MAKE, to: ["gitlab_issue", "ephemeral"], message: "Made.", undo: true },
      'rules[0].undo: what goes to "gitlab_issue" cannot be taken back.',
    ],
    [
      "welcomes once for a message that nobody wrote",
      { ...ANSWER, on: "member_joined", to: "dm", once: "message" },
      'rules[0].once: there is no message when somebody joins; "user" welcomes each person once.',
    ],
    [
      "says all of it at once",
      { name: "A", on: "member_joined", to: ["thread", "gitlab_issue"] },
      'rules[0].message: missing: say what is answered to "thread".',
      'rules[0].issue: missing: "gitlab_issue" needs issue.project, the project that the issue is made in.',
      'rules[0].to: "gitlab_issue" answers in the thread by itself; leave "thread" out.',
      'rules[0].to: "gitlab_issue" needs a message, and nobody who joins writes one.',
    ],
  ])("is refused: it %s", ([, rule, ...said]) => {
    expect(problems(rule)).toEqual(said);
  });

  test.for<[name: string, rule: object]>([
    ["answers in a thread", ANSWER],
    ["answers in a thread and takes it back", { ...ANSWER, undo: true }],
    [
      "answers in two ways, of which one can be taken back",
      { ...ANSWER, to: ["thread", "ephemeral"], undo: true },
    ],
    ["makes an issue", MAKE],
    [
      "makes an issue and tells one person",
      { ...MAKE, to: ["gitlab_issue", "dm"], message: "Made." },
    ],
    ["welcomes", { ...ANSWER, on: "member_joined", to: ["ephemeral", "dm"] }],
    ["welcomes and answers", { ...ANSWER, on: ["member_joined", "reaction.eyes"] }],
    ["tells a channel in the default words", { name: "A", on: "reaction.eyes", to: "support" }],
  ])("is not one that %s", ([, rule]) => {
    expect(problems(rule)).toEqual([]);
  });
});

describe("an issue", () => {
  it("is made from templates", () => {
    const { issue: made } = terms({
      ...MAKE,
      issue: {
        project: "group/sub/project",
        title: "{{ event.message.text }}",
        labels: ["from-slack", "{{ event.channel.name }}"],
        confidential: false,
      },
    });
    expect(made).toMatchObject({
      project: "group/sub/project",
      description: null,
      confidential: false,
    });
    expect(made?.labels).toHaveLength(2);
    expect(terms(MAKE).issue).toMatchObject({ title: null, labels: [], confidential: true });
    expect(terms().issue).toBeNull();
  });

  const PATH =
    "rules[0].issue.project: expected the path of a GitLab project, such as my-group/my-project, found";
  test.for<[issue: unknown, ...problems: string[]]>([
    [{ project: "project" }, `${PATH} "project".`],
    [{ project: "/group/project" }, `${PATH} "/group/project".`],
    [{ project: "group/project/" }, `${PATH} "group/project/".`],
    [{ project: "group//project" }, `${PATH} "group//project".`],
    [
      { project: "https://gitlab.com/group/project" },
      `${PATH} "https://gitlab.com/group/project".`,
    ],
    [{ project: "group/my project" }, `${PATH} "group/my project".`],
    [{ title: "x" }, "rules[0].issue.project: expected a text, found nothing."],
    [{ project: "a/b", titl: "x" }, 'rules[0].issue.titl: unknown key. Did you mean "title"?'],
    [{ project: "a/b", title: "" }, "rules[0].issue.title: expected at least 1 character."],
    [
      { project: "a/b", labels: Array.from({ length: 21 }, () => "x") },
      "rules[0].issue.labels: expected at most 20 entries.",
    ],
    [
      { project: "a/b", confidential: "yes" },
      'rules[0].issue.confidential: expected true or false, found "yes".',
    ],
  ])("%j is refused", ([value, ...said]) => {
    expect(problems({ ...MAKE, issue: value })).toEqual(said);
  });

  test.for<[issue: object, where: string]>([
    [{ title: "{{ event.title" }, "title"],
    [{ description: "{{ x | nope }}" }, "description"],
    [{ labels: ["ok", "{% nope %}"] }, "labels[1]"],
  ])("%j is refused, and the template is named", ([value, where]) => {
    const said = problems({ ...MAKE, issue: { project: "a/b", ...value } });
    expect(said.map((each) => each.split(": ", 1)[0])).toEqual([`rules[0].issue.${where}`]);
  });
});

describe("a name like one of the bot's addresses", () => {
  test.for(["thread:C1", "ephemeral:C1:U1", "dm:U1", "gitlab_issue:a/b", "dm:"])(
    "is no destination, whoever's rule it is: %s",
    (name) => {
      const said = `rules[0].to: "${name}" cannot be the name of a destination; it begins like "${name.split(":")[0]}", which stands for the bot.`;
      expect(problems({ ...ANSWER, to: name })).toEqual([said]);
      expect(problems({ ...ANSWER, to: ["support", name] })).toEqual([said]);
      expect(problems({ name: "A", on: "issue.open", to: name }, "mapping/gitlab/acme")).toEqual([
        said,
      ]);
    },
  );

  it("is only like one when a colon follows", () => {
    expect(problems({ ...ANSWER, to: ["threads", "dms", "my-thread:x"] })).toEqual([]);
  });
});

describe("a rule on GitLab's events", () => {
  const GITLAB = { name: "A", on: "issue.open", to: "support" };

  test.for<[key: string, value: unknown]>([
    ["who", "anyone"],
    ["once", "user"],
    ["cooldown", "10m"],
    ["undo", true],
    ["issue", { project: "a/b" }],
  ])("has no %s, and is told where it belongs", ([key, value]) => {
    expect(problems({ ...GITLAB, [key]: value }, "mapping/gitlab/acme")).toEqual([
      `rules[0].${key}: only rules of mapping/slack/<channel id> have it.`,
    ]);
  });

  test.for(["thread", "ephemeral", "dm", "gitlab_issue"])("goes to no %s", (to) => {
    expect(problems({ ...GITLAB, to }, "mapping/gitlab/acme")).toEqual([
      `rules[0].to: "${to}" answers in Slack: only rules of mapping/slack/<channel id> may name it.`,
    ]);
  });

  it("has no terms of Slack's, and its types are taken as they are", () => {
    const rules = [{ ...GITLAB, on: "reaction.:thumbsup:" }];
    const parsed = parseMapping("mapping/gitlab/acme", JSON.stringify({ rules }));
    const rule = parsed.ok ? parsed.value.rules[0] : undefined;
    expect(rule?.slack).toBeNull();
    expect(rule?.on(["reaction.+1"])).toBe(false);
    expect(rule?.on(issue().types)).toBe(false);
  });
});

describe("a rule on Slack's events", () => {
  test.for(["labels", "branch", "project", "confidential"])("knows no %s", (key) => {
    expect(problems({ ...ANSWER, when: { [key]: "x" } })).toEqual([
      expect.stringMatching(new RegExp(`^rules\\[0\\]\\.when\\.${key}: unknown key\\.`)),
    ]);
  });

  it("may ask who wrote and who did it, and anything in CEL", () => {
    const when = { actor: "amina", author: ["bruno", "chen"], if: 'event.channel.name == "x"' };
    expect(problems({ ...ANSWER, when })).toEqual([]);
  });

  it("may be for all channels", () => {
    expect(problems(ANSWER, "mapping/slack/*")).toEqual([]);
  });
});

describe("what nothing of Slack's can be", () => {
  const ANSWER_TO = { name: "A", to: "dm", message: "Hello" };

  test.for<[on: string, hint: string]>([
    ["escalate", 'Did you mean "reaction.escalate"?'],
    [":escalate:", 'Did you mean "reaction.escalate"?'],
    ["reactions.escalate", 'Did you mean "reaction.escalate"?'],
    ["reaction_added.escalate", 'Did you mean "reaction.escalate"?'],
    ["member_join", 'Did you mean "member_joined"?'],
    ["reaction.", "There are reaction.<emoji>"],
    ["reaction.\u2753", "There are reaction.<emoji>"],
    ["reaction.red circle", "There are reaction.<emoji>"],
    ["issue.open", "There are reaction.<emoji>"],
    ["shortcut", "There are reaction.<emoji>"],
    ["shortcut.why", 'Causeway answers "shortcut.why" by itself.'],
  ])("on: %s", ([on, hint]) => {
    const parsed = parseMapping(KEY, JSON.stringify({ rules: [{ ...ANSWER_TO, on }] }));
    expect(parsed).toMatchObject({
      ok: false,
      problems: [{ path: "rules[0].on", message: expect.stringContaining(hint) }],
    });
  });

  test.for([
    "reaction.+1",
    "reaction.:thumbsup:",
    "reaction.e-mail",
    "reaction_removed.x",
    "*",
    "reaction.red_*",
    "shortcut.issue",
    "member_joined",
  ])("but on: %s", (on) => {
    const parsed = parseMapping(KEY, JSON.stringify({ rules: [{ ...ANSWER_TO, on }] }));
    expect(parsed).toMatchObject({ ok: true });
  });

  test.for(["support_escalations", "#support", "c0000000001", ""])(
    "mapping/slack/%s",
    (channel) => {
      const parsed = parseMapping(`mapping/slack/${channel}`, JSON.stringify({ rules: [] }));
      expect(parsed).toMatchObject({
        ok: false,
        problems: [
          { message: expect.stringMatching(/^nothing reads mapping\/slack\/.*C0123456789/) },
        ],
      });
    },
  );

  it("undo: true but of a reaction", () => {
    const rule = { ...ANSWER_TO, on: "member_joined", undo: true };
    expect(parseMapping(KEY, JSON.stringify({ rules: [rule] }))).toMatchObject({
      problems: [{ message: "only the answer to a reaction can be taken back." }],
    });
  });
});
