import type { Style } from "../messages/default-message.ts";
import { compileMessage, type MessageTemplate } from "../messages/templates/message-template.ts";
import { compileTemplate, type Template } from "../messages/templates/template.ts";
import { compileConditions, type Condition } from "./conditions.ts";
import { anyGlob } from "./glob.ts";
import type { Problem } from "./problems.ts";
import type { Mapping, Rule } from "./schema.ts";

/** A rule ready to be matched and rendered. */
export type CompiledRule = {
  name: string;
  on: (types: string[]) => boolean;
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
  enabled: boolean;
  shadow: boolean;
};

export type CompiledMapping = { key: string; inherit: boolean; rules: CompiledRule[] };

/** A document that can be used, or everything that is wrong with it. */
export type Compiled<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

/** Compiles a mapping whose shape is right: its names, globs, CEL and templates. */
export function compileMapping(key: string, mapping: Mapping): Compiled<CompiledMapping> {
  const problems: Problem[] = [];
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
    return compileRule(rule, path, problems);
  });
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { key, inherit: mapping.inherit ?? true, rules } };
}

/** Destinations that stand for the bot when Slack is the source; GitLab's events have no thread. */
const RESERVED_DESTINATIONS = ["thread", "ephemeral", "dm", "gitlab_issue"];

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Liquid's filter `mention`. */
const MENTION = /\|\s*mention\b/;

function compileRule(rule: Rule, path: string, problems: Problem[]): CompiledRule {
  for (const name of [rule.to].flat()) {
    if (!RESERVED_DESTINATIONS.includes(name)) continue;
    problems.push({
      path: `${path}.to`,
      message: `"${name}" is reserved for rules on Slack's events: not supported yet.`,
    });
  }
  const on = anyGlob(rule.on);
  const variables: [string, Template][] = [];
  for (const [name, value] of Object.entries(rule.variables ?? {})) {
    const template = compileTemplate(String(value), "plain");
    if (typeof template === "function") variables.push([name, template]);
    else problems.push({ path: `${path}.variables.${name}`, message: template.problem });
  }
  return {
    name: rule.name,
    on: (types) => types.some(on),
    conditions: compileConditions(rule.when ?? {}, `${path}.when`, problems),
    to: [...new Set([rule.to].flat())],
    message:
      rule.message === undefined ? null : compileMessage(rule.message, `${path}.message`, problems),
    style: rule.style ?? "card",
    variables: Object.fromEntries(variables),
    mentions: textsIn([rule.message, rule.variables]).some((text) => MENTION.test(text)),
    enabled: rule.enabled ?? true,
    shadow: rule.mode === "shadow",
  };
}
