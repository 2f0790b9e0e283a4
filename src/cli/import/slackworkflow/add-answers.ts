import { field, type JsonObject } from "../../../json.ts";
import { CHANNEL_ID, type Rule } from "../../../mappings/schema.ts";
import { channelDestination, UNKNOWN_CHANNEL } from "../destinations.ts";
import { note, type Draft, type Remark } from "../draft.ts";
import { messageOf } from "./message-of.ts";
import { readToken } from "./read-token.ts";
import { refOf, valuesOf, type Workflow } from "./read-workflow.ts";
import type { WorkflowOptions } from "./workflow-options.ts";

/** The messages of a workflow become rules of its channels, on events of these types. */
export function addAnswers(
  draft: Draft,
  workflow: Workflow,
  on: string[],
  from: string,
  options: WorkflowOptions,
): void {
  const found = channelsOf(workflow.trigger.config);
  const channels = found.length > 0 ? found : [options.channel ?? UNKNOWN_CHANNEL];
  const remarks: Remark[] = [];
  if (found.length === 0 && options.channel === null) {
    remarks.push({
      kind: "todo",
      at: null,
      message: `The export does not say for which channel it is. Name this file after the channel's id (in Slack: channel details, at the bottom), or import again with --channel <id>.`,
    });
  }
  let isAfterButton = false;
  for (const [index, step] of workflow.steps.entries()) {
    const about = `Step ${index + 1}`;
    if (isAfterButton) {
      note(
        draft,
        "lost",
        from,
        `${about} comes after a button was clicked, and Causeway has no buttons: left out.`,
      );
    } else if (step.type === "message") {
      for (const channel of channels) {
        addAnswer(draft, workflow, { config: step.config, channel, on, from, remarks }, options);
      }
    } else if (/dialog|form/.test(step.type)) {
      note(
        draft,
        "lost",
        from,
        `${about} is a form, which has no equivalent: link to one in the message, such as GitLab's page for a new issue.`,
      );
    } else {
      const app = field(step.config, "app_action", "name");
      const name =
        typeof app === "string"
          ? `a step of the app ${JSON.stringify(app)}`
          : JSON.stringify(step.type);
      note(draft, "lost", from, `${about} is ${name}, which has no equivalent.`);
    }
    isAfterButton ||= step.config["has_button"] === true;
  }
  if (workflow.steps.length === 0)
    note(draft, "lost", from, "It has no steps, so no rule was made.");
}

function addAnswer(
  draft: Draft,
  workflow: Workflow,
  step: { config: JsonObject; channel: string; on: string[]; from: string; remarks: Remark[] },
  { shadow }: WorkflowOptions,
): void {
  const { config, channel, on, from } = step;
  const said = messageOf(config, (token) => readToken(token, workflow));
  const { to, remarks } = whereTo(draft, workflow, config, from);
  if (config["has_button"] === true) {
    remarks.push({
      kind: "lost",
      at: "message",
      message: "Its button is left out: Causeway has no buttons.",
    });
  }
  const rule: Rule = {
    name: workflow.name,
    on: on.length === 1 ? (on[0] ?? "") : on,
    to,
    message: said.template,
    ...(shadow ? { mode: "shadow" } : {}),
  };
  draft.rules.push({
    mapping: `mapping/slack/${channel}`,
    from,
    rule,
    remarks: [
      ...step.remarks,
      ...remarks,
      ...said.lost.map((message): Remark => ({ kind: "lost", at: "message", message })),
    ],
  });
}

/** Where a message step sends. How a file says "in the thread" is not known: anything that says so will do. */
function whereTo(
  draft: Draft,
  workflow: Workflow,
  config: JsonObject,
  from: string,
): { to: string; remarks: Remark[] } {
  const { message_blocks: _blocks, message_text: _text, ...settings } = config;
  const isJoining = /join/.test(workflow.trigger.type);
  if (!isJoining && /thread/.test(JSON.stringify(settings))) return { to: "thread", remarks: [] };
  const user = refOf(config["user"]);
  if (user !== null) {
    const isAuthor = /author|sender|poster|item_user|message_user/.test(user.of);
    return { to: "dm", remarks: isAuthor ? [toAuthor()] : [] };
  }
  const [person] = valuesOf(config["user"]);
  const [channel] = valuesOf(config["channel"]);
  const id = person ?? channel;
  if (id !== undefined) {
    const title = CHANNEL_ID.test(id) ? `channel ${id}` : id;
    return { to: channelDestination(draft, { channel: id, title, from }).name, remarks: [] };
  }
  return {
    to: isJoining ? "dm" : "thread",
    remarks: [
      {
        kind: "todo",
        at: "to",
        message: `The export does not say where to; check this. There are thread, ephemeral, dm and the names of destinations.`,
      },
    ],
  };
}

function toAuthor(): Remark {
  return {
    kind: "lost",
    at: "to",
    message:
      "The workflow wrote to whoever wrote the message; dm is for who reacted. To reach the author, answer in the thread: to: thread, with {{ event.author | mention }} in the message.",
  };
}

function channelsOf(config: JsonObject): string[] {
  const named = Object.entries(config).flatMap(([key, setting]) =>
    /channel/.test(key) ? valuesOf(setting) : [],
  );
  return [...new Set(named.filter((id) => CHANNEL_ID.test(id)))];
}
