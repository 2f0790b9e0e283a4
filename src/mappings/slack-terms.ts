import { isGlob } from "./glob.ts";
import type { Event } from "../event.ts";
import { compileTemplate, type Template } from "../messages/templates/template.ts";
import type { Flavour } from "../messages/templates/rendering.ts";
import { foldEmoji } from "../slack/emoji.ts";
import type { Condition } from "./conditions.ts";
import type { Problem } from "./problems.ts";
import type { Issue, Once, Rule, Who } from "./schema.ts";

/** What only rules on Slack's events have, ready to be used. */
export type SlackTerms = {
  /** How often it answers; null: each destination's own way, see {@link onceFor}. */
  once: Once | null;
  /** How long it keeps quiet after an answer, in milliseconds; null: not at all. */
  cooldownMs: number | null;
  undo: boolean;
  /** The user groups that `who` asks for. */
  groups: string[];
  issue: IssueTemplate | null;
};

/** The GitLab issue that a rule makes of a message; null: the default text. */
export type IssueTemplate = {
  project: string;
  title: Template | null;
  description: Template | null;
  labels: Template[];
  confidential: boolean;
};

/** The types that events of Slack's have; an emoji's name may stand between colons and hold globs. */
const KNOWN_TYPE =
  /^(reaction|reaction_removed)\.[\w+'*?:-]+$|^member_joined$|^shortcut\.[^\s.]+$|^app_rate_limited$|^unknown$/i;

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * How often a rule answers at a destination when it does not say: what only one person sees, once for
 * each who asks; what all see, once for a message. A welcome is for a person, and who uses a shortcut
 * wants an answer.
 */
export function onceFor(terms: SlackTerms, destination: string, kind: string): Once {
  if (terms.once !== null) return terms.once;
  if (kind === "shortcut") return "never";
  const personal = destination === "ephemeral" || destination === "dm" || kind === "member_joined";
  return personal ? "user" : "message";
}

export function compileSlackTerms(
  rule: Rule,
  to: string[],
  path: string,
  problems: Problem[],
): SlackTerms {
  problems.push(
    ...contradictions(rule, to).map(([key, message]) => ({
      path: `${path}.${key}`,
      message,
    })),
  );
  const [, count = "", unit = ""] = /^(\d+) ?(\w)$/.exec(rule.cooldown ?? "") ?? [];
  return {
    once: rule.once ?? null,
    cooldownMs: rule.cooldown === undefined ? null : Number(count) * (UNIT_MS[unit] ?? 0),
    undo: rule.undo ?? false,
    groups: rule.who === undefined ? [] : whomOf(rule.who).filter(isUserGroup),
    issue: rule.issue === undefined ? null : compileIssue(rule.issue, `${path}.issue`, problems),
  };
}

/** What is missing or of no use in a rule, by key. */
function contradictions(rule: Rule, to: string[]): [key: string, message: string][] {
  const answers = to.filter((name) => ["thread", "ephemeral", "dm"].includes(name));
  const makesIssue = to.includes("gitlab_issue");
  const aboutMessages = [rule.on].flat().some((type) => !/^member_joined$/i.test(type));
  const types = [rule.on].flat();
  const isOnReactions = types.some((type) => /^(reaction\.|\*)/i.test(type));
  const found: [string, string | false][] = [
    ...types.map((type): [string, string | false] => ["on", typeProblem(type)]),
    [
      "message",
      rule.message === undefined &&
        answers.length > 0 &&
        `missing: say what is answered to "${answers[0]}".`,
    ],
    [
      "issue",
      makesIssue &&
        rule.issue === undefined &&
        'missing: "gitlab_issue" needs issue.project, the project that the issue is made in.',
    ],
    [
      "issue",
      !makesIssue && rule.issue !== undefined && "only a rule with to: gitlab_issue makes issues.",
    ],
    [
      "to",
      makesIssue &&
        to.includes("thread") &&
        '"gitlab_issue" answers in the thread by itself; leave "thread" out.',
    ],
    [
      "to",
      !aboutMessages &&
        (makesIssue || to.includes("thread")) &&
        `"${makesIssue ? "gitlab_issue" : "thread"}" needs a message, and nobody who joins writes one.`,
    ],
    [
      "once",
      !aboutMessages &&
        rule.once === "message" &&
        'there is no message when somebody joins; "user" welcomes each person once.',
    ],
    [
      "undo",
      rule.undo === true && !isOnReactions && "only the answer to a reaction can be taken back.",
    ],
    [
      "undo",
      rule.undo === true &&
        to.every((name) => name === "ephemeral" || name === "gitlab_issue") &&
        `what goes to "${to[0]}" cannot be taken back.`,
    ],
  ];
  return found.flatMap(([key, said]) => (said === false ? [] : [[key, said]]));
}

/** Why nothing of Slack's can have a type; false: something can. */
function typeProblem(type: string): string | false {
  if (type === "shortcut.why") return 'Causeway answers "shortcut.why" by itself.';
  if (KNOWN_TYPE.test(type) || /^[*?]/.test(type)) return false;
  const name = type.replace(/^:|:$/g, "").replace(/^reactions?(_added)?[._: ]?/i, "");
  const meant = /^member/i.test(type)
    ? "member_joined"
    : /^[\w+'-]+$/.test(name)
      ? `reaction.${name}`
      : null;
  const hint = meant === null ? "" : ` Did you mean "${meant}"?`;
  return `"${type}" is nothing that happens in Slack.${hint} There are reaction.<emoji>, reaction_removed.<emoji>, member_joined and shortcut.<callback id>; an emoji goes by its name, such as escalate.`;
}

/** One condition for each side of `who`. */
export function compileWho(who: Who): Condition[] {
  const { any, not } = typeof who === "string" || Array.isArray(who) ? { any: who } : who;
  const condition = (whom: string[], wanted: boolean): Condition => ({
    // Whom Slack does not say anything about is not let in, neither way.
    holds: (event) =>
      wanted
        ? whom.some((each) => isWhom(each, event) === true)
        : whom.every((each) => isWhom(each, event) === false),
    why: (event) =>
      `who: it was ${whoIs(event)}; wanted ${wanted ? "any of" : "none of"} ${whom.join(", ")}`,
  });
  return [
    ...(any === undefined ? [] : [condition([any].flat(), true)]),
    ...(not === undefined ? [] : [condition([not].flat(), false)]),
  ];
}

/** An event type with its emoji under the one name: `reaction.:thumbsup:` is `reaction.+1`. */
export function foldType(type: string): string {
  const [, kind, emoji] = /^(reaction|reaction_removed)\.(.+)$/i.exec(type) ?? [];
  return kind === undefined || emoji === undefined || isGlob(emoji)
    ? type
    : `${kind}.${foldEmoji(emoji)}`;
}

/** Null: Slack does not say. */
function isWhom(whom: string, { actor, details }: Event): boolean | null {
  if (whom === "anyone") return true;
  if (whom === "bots") return actor?.bot === true;
  if (!isUserGroup(whom)) return whom === actor?.id;
  return details.of === "slack" ? (details.groups[whom] ?? null) : false;
}

function isUserGroup(whom: string): boolean {
  return whom.startsWith("S");
}

function whoIs({ actor, details }: Event): string {
  const groups = Object.entries(details.of === "slack" ? details.groups : {});
  const within = groups.flatMap(([group, isIn]) => (isIn === true ? [group] : []));
  const unsaid = groups.flatMap(([group, isIn]) => (isIn === null ? [group] : []));
  const name = actor?.name ?? actor?.username ?? null;
  return [
    `${name === null ? "" : `${name} `}${actor?.id ?? "nobody"}${actor?.bot === true ? ", a bot" : ""}`,
    ...(within.length === 0 ? [] : [`of ${within.join(", ")}`]),
    ...(unsaid.length === 0 ? [] : [`(Slack does not say who is in ${unsaid.join(", ")})`]),
  ].join(" ");
}

function whomOf(who: Who): string[] {
  if (typeof who === "string" || Array.isArray(who)) return [who].flat();
  return [who.any ?? [], who.not ?? []].flat();
}

function compileIssue(issue: Issue, path: string, problems: Problem[]): IssueTemplate {
  const compiled = (source: string | undefined, key: string, flavour: Flavour): Template | null => {
    if (source === undefined) return null;
    const template = compileTemplate(source, flavour);
    if (typeof template === "function") return template;
    problems.push({ path: `${path}.${key}`, message: template.problem });
    return null;
  };
  return {
    project: issue.project,
    title: compiled(issue.title, "title", "title"),
    description: compiled(issue.description, "description", "markdown"),
    labels: (issue.labels ?? []).flatMap(
      (label, index) => compiled(label, `labels[${index}]`, "plain") ?? [],
    ),
    confidential: issue.confidential ?? true,
  };
}
