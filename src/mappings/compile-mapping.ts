import type { Style } from "../messages/default-message.ts";
import { compileMessage, type MessageTemplate } from "../messages/templates/message-template.ts";
import { compileTemplate, type Template } from "../messages/templates/template.ts";
import { compileConditions, type Condition } from "./conditions.ts";
import { anyGlob } from "./glob.ts";
import type { Problem } from "./problems.ts";
import { isAddressName, isReservedDestination } from "./address.ts";
import { compileSlackTerms, compileWho, foldType, type SlackTerms } from "./slack-terms.ts";
import { sourceOfMapping, type Source } from "./mapping-keys.ts";
import type { Mapping, Rule } from "./schema.ts";

/** A rule ready to be matched and rendered. */
export type CompiledRule = {
  name: string;
  on: (types: string[]) => boolean;
  /** The types that it is on, as its document has them. */
  types: string[];
  conditions: Condition[];
  /** Destination names. */
  to: string[];
  /** What to say to channels and incoming webhooks; null: the kind's default message. */
  message: MessageTemplate | null;
  /** How the default message is laid out. */
  style: Style;
  /** What to fill a workflow's variables with. */
  variables: Record<string, Template>;
  /** Whether its templates mention people, who must be looked up then. */
  mentions: boolean;
  /** What only rules on Slack's events have; null: a rule on GitLab's. */
  slack: SlackTerms | null;
  enabled: boolean;
  shadow: boolean;
};

export type CompiledMapping = { key: string; inherit: boolean; rules: CompiledRule[] };

/** A document that can be used, or everything that is wrong with it. */
export type Compiled<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** Compiles a mapping whose shape is right: its names, globs, CEL and templates. */
export function compileMapping(key: string, mapping: Mapping): Compiled<CompiledMapping> {
  const problems: Problem[] = [];
  const source = sourceOfMapping(key);
  const names = new Set<string>();
  const rules = mapping.rules.map((rule, index) => {
    const path = `rules[${index}]`;
    if (names.has(rule.name)) {
      problems.push({
        path: `${path}.name`,
        message: `"${rule.name}" is the name of another rule; names are unique in a mapping.`,
      });
    }
    names.add(rule.name);
    return compileRule(source, rule, path, problems);
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { key, inherit: mapping.inherit ?? true, rules } };
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What needs to know who people are in the other place: the filter `mention`, and `author.gitlab`. */
const PEOPLE = /\|\s*mention\b|\.gitlab\b/;

function compileRule(source: Source, rule: Rule, path: string, problems: Problem[]): CompiledRule {
  const to = [...new Set([rule.to].flat())];
  problems.push(...destinationProblems(source, to, path));
  const variables: [string, Template][] = [];
  for (const [name, value] of Object.entries(rule.variables ?? {})) {
    const template = compileTemplate(String(value), "plain");
    if (typeof template === "function") variables.push([name, template]);
    else problems.push({ path: `${path}.variables.${name}`, message: template.problem });
  }
  const words = [rule.on].flat();
  const on = anyGlob(source === "slack" ? words.map(foldType) : words);
  return {
    name: rule.name,
    on: (types) => types.some(on),
    types: words,
    conditions: [
      ...compileConditions(rule.when ?? {}, `${path}.when`, problems),
      ...(rule.who === undefined ? [] : compileWho(rule.who)),
    ],
    to,
    message:
      rule.message === undefined ? null : compileMessage(rule.message, `${path}.message`, problems),
    style: rule.style ?? "card",
    variables: Object.fromEntries(variables),
    mentions: textsIn([rule.message, rule.variables, rule.issue]).some((text) => PEOPLE.test(text)),
    slack: source === "slack" ? compileSlackTerms(rule, to, path, problems) : null,
    enabled: rule.enabled ?? true,
    shadow: rule.mode === "shadow",
  };
}

/** Names that stand for the bot are for rules on Slack's events: GitLab's have no thread. */
function destinationProblems(source: Source, to: string[], path: string): Problem[] {
  return to.flatMap((name) => {
    if (isAddressName(name)) {
      return {
        path: `${path}.to`,
        message: `"${name}" cannot be the name of a destination; it begins like "${name.split(":", 1)[0]}", which stands for the bot.`,
      };
    }
    return source === "gitlab" && isReservedDestination(name)
      ? {
          path: `${path}.to`,
          message: `"${name}" answers in Slack: only rules of mapping/slack/<channel id> may name it.`,
        }
      : [];
  });
}
