import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { boundedScope } from "../mappings/scope.ts";
import type { CompiledRule } from "../mappings/compile-mapping.ts";
import type { MadeIssue } from "../gitlab/issues-api.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import type { Target } from "../mappings/address.ts";
import { defaultMessage } from "./default-message.ts";
import { fitMessage } from "./fit-message.ts";
import { issueMessage, renderIssue } from "./render-issue.ts";
import type { SlackMessage } from "./templates/message-template.ts";
import type { TemplateScope } from "./templates/rendering.ts";
import { defaultVariable, variableText } from "./workflow-variables.ts";

/** A message ready to be sent, and what went wrong in making it, for the record. */
export type Rendered = { outgoing: OutgoingContent; problem: string | null };

/** What is told of: the event, GitLab's own body, and who its people are in Slack. */
export type Occasion = {
  event: Event;
  payload: JsonObject;
  /** Slack user ids by GitLab username in lower case, for the filter `mention`. */
  people?: ReadonlyMap<string, string>;
  /** The issue that was made of the message, for the answer that says so. */
  issue?: MadeIssue;
};

/** The parts of a rule that say what to say; `null` stands for a rule that is gone. */
export type Wording = Pick<
  CompiledRule,
  "name" | "message" | "style" | "variables" | "slack"
> | null;

/**
 * Renders what a rule says for one destination. A template that fails never loses the event: the
 * default takes its place and says so.
 */
export function renderDelivery(
  occasion: Occasion,
  rule: Wording,
  target: Target,
  conditionProblem: string | null = null,
): Rendered {
  const rendered = renderFor(target, occasion, rule, conditionProblem);
  return conditionProblem === null ? rendered : { ...rendered, problem: conditionProblem };
}

function renderFor(
  target: Target,
  occasion: Occasion,
  rule: Wording,
  conditionProblem: string | null,
): Rendered {
  switch (target.type) {
    case "workflow":
      return renderVariables(occasion, rule, target.variables);
    case "gitlab_issue":
      return renderIssue(
        occasion,
        target.project,
        rule?.slack?.issue ?? null,
        templateScope(occasion),
      );
    case "thread":
    case "ephemeral":
    case "dm":
    case "channel":
    case "webhook":
      return renderMessage(target.type, occasion, rule, conditionProblem);
  }
}

/**
 * Every declared variable is always sent, as a text: a workflow refuses a request that lacks one.
 *
 * @see https://slack.com/help/articles/360041352714 (workflows that start with a webhook)
 */
function renderVariables(
  occasion: Occasion,
  rule: Wording,
  declared: string[] | undefined,
): Rendered {
  const { event } = occasion;
  let scope: TemplateScope | undefined;
  const templates = rule?.variables ?? {};
  const problems: string[] = [];
  const variables = (declared ?? Object.keys(templates)).map((name): [string, string] => {
    const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
    const rendered = template?.((scope ??= templateScope(occasion)));
    if (rendered === undefined) return [name, defaultVariable(name, event)];
    if ("text" in rendered) return [name, variableText(rendered.text)];
    problems.push(`variables.${name}: ${rendered.error}`);
    return [name, defaultVariable(name, event)];
  });
  return {
    outgoing: { kind: "workflow", variables: Object.fromEntries(variables) },
    problem: problems.length === 0 ? null : problems.join("; "),
  };
}

function renderMessage(
  to: Target["type"],
  occasion: Occasion,
  rule: Wording,
  conditionProblem: string | null,
): Rendered {
  const say = (message: SlackMessage, problem: string | null): Rendered => ({
    outgoing: { kind: "message", ...fitMessage(message), ...placeOf(to, occasion.event) },
    problem,
  });
  const sayDefault = (note: string | null): SlackMessage =>
    occasion.issue === undefined
      ? defaultMessage(occasion.event, rule?.style, note)
      : issueMessage(occasion.issue, note);
  if (conditionProblem !== null) {
    const note = `The condition of the rule "${rule?.name}" has no answer (${conditionProblem}), so this was sent, with the default message.`;
    return say(sayDefault(note), null);
  }
  const rendered = rule?.message?.(templateScope(occasion));
  if (rendered === undefined) return say(sayDefault(null), null);
  if ("message" in rendered) return say(rendered.message, null);
  const note = `The message of the rule "${rule?.name}" could not be made (${rendered.error}); this is the default.`;
  return say(sayDefault(note), rendered.error);
}

/**
 * Where an answer to a message of Slack's stands beside it. What only one person sees stands in the
 * channel: in a thread that nobody has opened it would be hidden.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
function placeOf(to: Target["type"], { details }: Event): { thread?: string; about?: string } {
  if (details.of !== "slack" || details.message === null) return {};
  const { root, isReply, permalink } = details.message;
  if (to === "thread") return { thread: root };
  if (to !== "ephemeral") return {};
  return {
    ...(isReply ? { thread: root } : {}),
    ...(permalink === null ? {} : { about: permalink }),
  };
}

function templateScope({ event, payload, people, issue }: Occasion): TemplateScope {
  const scope = boundedScope(event, payload);
  const seen = issue === undefined ? scope.event : { ...scope.event, issue };
  return { event: seen, payload: scope.payload, ...(people === undefined ? {} : { people }) };
}
