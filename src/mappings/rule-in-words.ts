import { own } from "../json.ts";
import { EVENT_CATALOGUE } from "../gitlab/event-catalogue.ts";
import { spoken } from "../messages/notices/spoken.ts";
import type { Globs, Rule, WhenField, Who } from "./schema.ts";

/** Mostly somebody or something, and what they do or what happens to it. */
type Pair = [string, string];

/** Kinds that people call otherwise than GitLab does. */
const SUBJECTS: Record<string, string> = {
  note: "a comment",
  push: "a branch",
  tag_push: "a tag",
  emoji: "an emoji reaction in GitLab",
  member: "a membership of a group or project",
  user: "an account",
  key: "an SSH key",
};

/** By type or by action: what the catalogue does not say as "It was closed." or "It waits …". */
const VERBS: Record<string, string> = {
  reopen: "is reopened",
  labeled: "is labelled",
  unlabeled: "loses a label",
  discussion_locked_changed: "is locked or unlocked",
  "merge_request.approved": "is fully approved",
  "merge_request.close": "is closed",
  approval: "gets an approval but needs more",
  unapproved: "is no longer fully approved",
  unapproval: "loses an approval while it needs more",
  approvals_reset: "loses its approvals to new commits",
  pushed: "gets new commits",
  review_requested: "gets a review request",
  review_rerequested: "gets a review request again",
  review_request_removed: "loses a review request",
  success: "passes",
  "deployment.success": "succeeds",
  failed: "fails",
  broken: "fails after one that did not",
  fixed: "passes after one that failed",
  "deployment.running": "starts",
  "note.create": "is written",
  "note.system": "is written by GitLab itself",
  "push.update": "gets commits",
  award: "is given",
  revoke: "is withdrawn",
  expiring: "is about to expire",
  "member.add": "begins",
  "member.update": "changes",
  "member.remove": "ends",
  access_request: "is asked for",
  access_request_denied: "is denied",
  access_request_revoked: "is no longer asked for",
  "user.rename": "gets another username",
  failed_login: "is refused a sign-in",
  "repository.update": "is pushed to",
};

/** How the catalogue says most of them. */
const CATALOGUED = /^(?:It|One|A branch|A tag|A comment) ((?:was|is|waits) [^.,;(]*[^.,;( ])/;

/** What somebody does in Slack; `name` is what stands for the star. */
const SLACK: Record<string, (name: string) => string> = {
  "reaction.*": (name) => `reacts with ${name === "*" ? "any emoji" : `:${name}:`}`,
  "reaction_removed.*": (name) =>
    name === "*" ? "takes any reaction back" : `takes the reaction :${name}: back`,
  "shortcut.*": (name) =>
    name === "*" ? "uses any shortcut" : `uses the shortcut “${own(SHORTCUTS, name) ?? name}”`,
  member_joined: () => "joins the channel",
};
const SHORTCUTS: Record<string, string> = { issue: "Make a GitLab issue" };

/** A verb in parts: of those that begin and end alike, what is between makes a list. */
const VERB =
  /^((?:has its|reacts with|takes the reaction|uses the shortcut|happens to|\S+) )?(.+?)( changed| back)?$/s;

const FIELDS: Record<WhenField, string> = {
  labels: "its labels include",
  labels_added: "the labels put on include",
  labels_removed: "the labels taken off include",
  actor: "who did it is",
  author: "its author is",
  assignee: "its assignees include",
  reviewer: "its reviewers include",
  branch: "the branch or tag is",
  status: "its status is",
  stage: "the stage is",
  source: "what started it is",
  severity: "its severity is",
  environment: "the environment is",
  milestone: "its milestone is",
  noteable: "what was commented on is",
  project: "the project is",
  changed: "the fields that changed include",
};

/** Fields that say less than they seem to, when the rule is about one kind only. */
const FIELDS_OF: Record<string, Partial<Record<WhenField, string>>> = {
  merge_request: { branch: "the source branch is" },
  pipeline: { stage: "the stage that failed is" },
};

type Said = (rule: Rule) => string | null;

/** What follows the occasion, in this order, set off by commas. */
const CLAUSES: Said[] = [
  conditionsInWords,
  ({ who }) => (who === undefined ? null : whoInWords(who)),
  ({ cooldown }) => (cooldown === undefined ? null : `at most every ${cooldown}`),
  ({ once }) => (once === "never" ? "each time" : null),
];

/** What the sentence ends with, in this order. */
const REMARKS: Said[] = [
  ({ mode }) => (mode === "shadow" ? "(shadow: records only, sends nothing)" : null),
  ({ enabled }) => (enabled === false ? "(switched off)" : null),
];

/**
 * When a rule applies, as one line of plain text to go on with: "when an issue is opened, if its
 * labels include bug". The document's own words are in it as they are: callers escape.
 */
export function ruleInWords(rule: Rule): string {
  const said = (table: Said[]): string[] => table.flatMap((say) => say(rule) ?? []);
  const occasions = occasionsInWords([...new Set([rule.on].flat())]);
  const clauses = said(CLAUSES).join(", ");
  // Behind several occasions a clause would seem to belong to the last one only.
  const comma = clauses === "" ? "" : occasions.length > 1 ? ", in each case " : ", ";
  const sentence = list(occasions) + comma + clauses;
  return [sentence, ...said(REMARKS)].join(" ").replace(/\s+/gu, " ").trim();
}

/** When a rule applies, whether it is switched on or not. */
export function whenInWords(rule: Rule): string {
  return ruleInWords({ ...rule, enabled: true, mode: "live" });
}

/**
 * What a rule asks for besides its occasion, and how often it answers: "unless it is a bot, at most
 * every 10m". Empty: nothing. Plain text, as {@link ruleInWords}.
 */
export function termsInWords(rule: Rule): string {
  return CLAUSES.flatMap((say) => say(rule) ?? []).join(", ");
}

/** Who may call the answer forth: "if it is U0123456789 or a bot". */
function whoInWords(who: Who): string | null {
  const { any, not } = typeof who === "string" || Array.isArray(who) ? { any: who } : who;
  const named = (whoever: string | string[] | undefined): string[] =>
    [whoever ?? []].flat().map((whom) => (whom === "bots" ? "a bot" : whom));
  const [wanted, unwanted] = [named(any), named(not)];
  const said = [
    ...(wanted.length === 0 || wanted.includes("anyone") ? [] : [`if it is ${list(wanted)}`]),
    ...(unwanted.length === 0 ? [] : [`unless it is ${list(unwanted)}`]),
  ];
  return said.length === 0 ? null : said.join(" and ");
}

function occasionsInWords(on: string[]): string[] {
  if (on.some((type) => /^\*+$/.test(type))) return ["whatever happens"];
  const types = on.filter((type) => type.endsWith(".*") || !on.includes(`${kindOf(type)}.*`));
  const happenings = types.map(happening);
  const known = happenings.filter((each) => each !== null);
  const unknown = types.filter((_type, index) => happenings[index] === null).map(word);
  const whens = gathered(gathered(known, merged), list);
  const occasions = whens.map(([subjects, verb]) => `when ${subjects} ${verb}`);
  return unknown.length === 0 ? occasions : [...occasions, `on ${list(unknown)}`];
}

/** What a type says happens; null where nobody knows. */
function happening(type: string): Pair | null {
  const kind = kindOf(type);
  const action = type.slice(kind.length + 1);
  const slack = own(SLACK, action === "" ? type : `${kind}.*`);
  if (slack !== undefined) return ["somebody", slack(action)];
  const known = EVENT_CATALOGUE.find((each) =>
    kind === "*" ? Object.hasOwn(each.actions, action) : each.kind === kind,
  );
  if (known === undefined) return null;
  const noun = kind === "*" ? "anything" : (own(SUBJECTS, kind) ?? `a ${spoken(kind)}`);
  const subject = noun.replace(/^a (?=[aeiou])/, "an ");
  if (action === "*") return ["anything", `happens to ${subject}`];
  const when = own(known.actions, action);
  if (when === undefined) return null;
  return [subject, own(VERBS, `${kind}.${action}`) ?? own(VERBS, action) ?? verbOf(action, when)];
}

function verbOf(action: string, when: string): string {
  if (action.endsWith("_changed")) return `has its ${spoken(action)}`;
  const verb =
    CATALOGUED.exec(when)?.[1] ?? `is ${action === "update" ? "changed" : spoken(action)}`;
  return verb.replace(/^was/, "is");
}

/** "is opened or closed, or has its title or weight changed" */
function merged(verbs: string[]): string {
  const parts = verbs.map((verb): Pair => {
    const [, before = "", what = "", after = ""] = VERB.exec(verb) ?? [];
    return [`${before}…${after}`, what];
  });
  return list(gathered(parts, list).map(([what, around]) => around.replace("…", () => what)));
}

/** The second halves of pairs with the same first half, made one; then that half. */
function gathered(pairs: Pair[], join: (halves: string[]) => string): Pair[] {
  const alike = Map.groupBy(pairs, ([half]) => half);
  return [...alike].map(([half, same]) => [join(same.map(([, other]) => other)), half]);
}

function conditionsInWords({ on, when = {} }: Rule): string | null {
  const kinds = new Set([on].flat().map(kindOf));
  const names = { ...FIELDS, ...(kinds.size === 1 ? own(FIELDS_OF, [...kinds].join("")) : {}) };
  const conditions = Object.entries(names).flatMap(([field, name]) =>
    globsInWords(name, when[field as WhenField] ?? {}),
  );
  if (when.confidential !== undefined) {
    conditions.push(when.confidential ? "it is confidential" : "it is not confidential");
  }
  if (when.if !== undefined) conditions.push(conditions.length === 0 ? when.if : `if ${when.if}`);
  const last = conditions.pop();
  if (last === undefined) return null;
  return conditions.length === 0 ? `if ${last}` : `if ${conditions.join(", ")}, and ${last}`;
}

/** "its labels include a or b and not c"; nothing where no word is given. */
function globsInWords(field: string, globs: Globs): string[] {
  const forms = typeof globs === "string" || Array.isArray(globs) ? { any: globs } : globs;
  const anything = field.endsWith("include") ? "anything" : "set";
  const words = (...given: (string | string[] | undefined)[]): string[] =>
    [...new Set(given.flatMap((each) => each ?? []))].map((each) =>
      each === "*" ? anything : word(each),
    );
  const [any, all, none] = [words(forms.any), words(forms.all), words(forms.none, forms.not)];
  const both = all.length > 2 ? "all of " : all.length > 1 ? "both " : "";
  const neither = none.length > 1 ? "neither " : none.length > 0 ? "not " : "";
  const parts = [list(any), both + list(all, "and"), neither + list(none, "nor")];
  const said = parts.filter((part) => part !== "").join(" and ");
  if (said === "") return [];
  // "not" leads only where nothing else is asked: a word of the document that has it is quoted.
  return [`${field} ${said}`.replace(/^([a-z ]+) include not /, "$1 do not include ")];
}

/** "a, b or c"; with one more comma where the parts have lists of their own. */
function list(items: string[], conjunction = "or"): string {
  if (items.length < 2) return items.join("");
  const comma = items.some((item) => item.includes(` ${conjunction} `)) ? "," : "";
  return `${items.slice(0, -1).join(", ")}${comma} ${conjunction} ${items.at(-1)}`;
}

/** A word of the document, in quotation marks where it would read as words of ours. */
function word(text: string): string {
  return /[,;()“”]|\b(?:and|or|nor|not|if)\b/i.test(text) ? `“${text}”` : text;
}

function kindOf(type: string): string {
  return type.split(".", 1).join("");
}
