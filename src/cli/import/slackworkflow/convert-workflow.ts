import type { Json, JsonObject } from "../../../json.ts";
import { note, type Draft } from "../draft.ts";
import { addAnswers } from "./add-answers.ts";
import { addHookWorkflow } from "./add-hook-workflow.ts";
import { readWorkflow, valuesOf } from "./read-workflow.ts";
import type { WorkflowOptions } from "./workflow-options.ts";

/**
 * Turns an export of Slack's old Workflow Builder into rules of a Slack channel, or, when a webhook
 * starts the workflow, into a destination. `file` is its name, for the report.
 */
export function convertWorkflow(
  draft: Draft,
  exported: Json,
  file: string,
  options: WorkflowOptions,
): void {
  const workflow = readWorkflow(exported);
  if (workflow === null) {
    note(
      draft,
      "lost",
      file,
      "This is no export of Slack's old Workflow Builder, which has a workflow with a blueprint and a trigger in it.",
    );
    return;
  }
  const from = `workflow ${JSON.stringify(workflow.name)}`;
  const { type } = workflow.trigger;
  if (/webhook/.test(type)) {
    addHookWorkflow(draft, workflow, from, file);
  } else if (/reaction/.test(type)) {
    const emoji = emojiOf(workflow.trigger.config);
    if (emoji.length === 0) {
      note(
        draft,
        "lost",
        from,
        "The export does not say for which emoji it is. Write the rule by hand: on: reaction.<emoji>",
      );
      return;
    }
    addAnswers(
      draft,
      workflow,
      emoji.map((name) => `reaction.${name}`),
      from,
      options,
    );
  } else if (/member_joined|join/.test(type)) {
    addAnswers(draft, workflow, ["member_joined"], from, options);
  } else {
    const instead = /action|shortcut/.test(type)
      ? "It is started by hand from a channel's menu. Causeway has shortcuts of messages (docs/reactions.md) and no others."
      : /schedul|date|time/.test(type)
        ? "It is started by the clock. Causeway has no schedules yet: leave it in Slack."
        : `It is started by ${JSON.stringify(type)}, which has no equivalent.`;
    note(draft, "lost", from, `${instead} No rule was made.`);
  }
}

/** The emoji of a trigger; under which key it stands was in no file to be found. */
function emojiOf(config: JsonObject): string[] {
  const named = Object.entries(config).flatMap(([key, setting]) =>
    /emoji|reaction/.test(key) ? valuesOf(setting) : [],
  );
  const names = named.map((name) => name.replace(/^:+|(?<!:):+$/g, "").toLowerCase());
  return [...new Set(names.filter((name) => /^[\w+'-]{1,100}$/.test(name)))];
}
