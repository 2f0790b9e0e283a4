import type { Event } from "../event.ts";
import type { JsonObject } from "../json.ts";
import { boundedScope } from "../mappings/scope.ts";
import type { CompiledRule } from "../mappings/compile-mapping.ts";
import type { Destination } from "../mappings/schema.ts";
import type { Outgoing } from "../slack/answer.ts";
import { defaultMessage } from "./default-message.ts";
import { fitMessage } from "./fit-message.ts";
import type { TemplateScope } from "./templates/rendering.ts";
import { defaultVariable, variableText } from "./workflow-variables.ts";

/** A message ready to be sent, and what went wrong in making it, for the record. */
export type Rendered = { outgoing: Outgoing; problem: string | null };

/** What is told of: the event, GitLab's own body, and who its people are in Slack. */
export type Occasion = {
  event: Event;
  payload: JsonObject;
  /** Slack user ids by GitLab username in lower case, for the filter `mention`. */
  people?: ReadonlyMap<string, string>;
};

/** The parts of a rule that say what to say; `null` stands for a rule that is gone. */
export type Wording = Pick<CompiledRule, "name" | "message" | "style" | "variables"> | null;

/**
 * Renders what a rule says for one destination. A template that fails never loses the event: the
 * default takes its place and says so.
 */
export function renderDelivery(
  occasion: Occasion,
  rule: Wording,
  destination: Destination,
  conditionProblem: string | null = null,
): Rendered {
  const rendered =
    destination.type === "workflow"
      ? renderVariables(occasion, rule, destination.variables)
      : renderMessage(occasion, rule, conditionProblem);
  return conditionProblem === null ? rendered : { ...rendered, problem: conditionProblem };
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
  occasion: Occasion,
  rule: Wording,
  conditionProblem: string | null,
): Rendered {
  const { event } = occasion;
  if (conditionProblem !== null) {
    const note = `The condition of the rule "${rule?.name}" has no answer (${conditionProblem}), so this was sent, with the default message.`;
    return {
      outgoing: { kind: "message", ...fitMessage(defaultMessage(event, rule?.style, note)) },
      problem: null,
    };
  }
  const rendered = rule?.message?.(templateScope(occasion));
  if (rendered === undefined || "error" in rendered) {
    const problem = rendered === undefined ? null : rendered.error;
    const note =
      problem === null
        ? null
        : `The message of the rule "${rule?.name}" could not be made (${problem}); this is the default.`;
    return {
      outgoing: { kind: "message", ...fitMessage(defaultMessage(event, rule?.style, note)) },
      problem,
    };
  }
  return { outgoing: { kind: "message", ...fitMessage(rendered.message) }, problem: null };
}

function templateScope({ event, payload, people }: Occasion): TemplateScope {
  return { ...boundedScope(event, payload), ...(people === undefined ? {} : { people }) };
}
