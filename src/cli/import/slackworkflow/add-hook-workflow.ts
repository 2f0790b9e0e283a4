import { CHANNEL_ID } from "../../../mappings/schema.ts";
import { hookDestination } from "../destinations.ts";
import type { Draft } from "../draft.ts";
import { messageOf } from "./message-of.ts";
import { readToken, variablesOf } from "./read-token.ts";
import { valuesOf, type Workflow } from "./read-workflow.ts";

/** A workflow that a webhook starts stays in Slack; rules of GitLab's events name it as their destination. */
export function addHookWorkflow(
  draft: Draft,
  workflow: Workflow,
  from: string,
  file: string,
): void {
  const variables = variablesOf(workflow.trigger.config);
  const made = hookDestination(draft, {
    type: "workflow",
    address: file,
    title: workflow.name,
    from,
    variables: variables.map(({ name }) => name),
    whereItIs: "in Workflow Builder: the workflow's webhook, Web request URL",
  });
  const people = variables.filter(({ type }) => /user/.test(type)).map(({ name }) => name);
  if (people.length > 0) {
    made.remarks.push({
      kind: "todo",
      at: "variables",
      message: `${people.join(", ")}: a Slack user id. Fill it with {{ event.actor | mention }}, which needs person/<username> documents.`,
    });
  }
  const [message] = workflow.steps.filter(({ type }) => type === "message");
  const [channel] = valuesOf(message?.config["channel"]).filter((id) => CHANNEL_ID.test(id));
  if (channel !== undefined && made.destination.type === "workflow") {
    made.destination.channel = channel;
  }
  made.remarks.push({
    kind: "todo",
    at: null,
    message: `The workflow stays in Slack, and a rule of a GitLab project has to name it: to: ${made.name}. If you moved in the Zap that starts it, the Zap's own destination is the same workflow, and this file is one too many.`,
  });
  if (message !== undefined) {
    const said = messageOf(message.config, (token) => readToken(token, workflow)).template;
    made.remarks.push({
      kind: "todo",
      at: null,
      message: `Or do without it: a destination of type channel, and this as the rule's message, with a placeholder for each <variable>:\n${said}`,
    });
  }
}
