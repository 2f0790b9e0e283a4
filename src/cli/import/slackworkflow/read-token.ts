import { objects, text, type JsonObject } from "../../../json.ts";
import type { Workflow } from "./read-workflow.ts";

/** What a token of a workflow's message stands for, in a template. */
export type Token = { template: string } | { lost: string };

/** What a workflow knows of how it was started, by what Slack calls it. Only `user` was seen in a file. */
const OF_TRIGGER: [RegExp, string][] = [
  [/^(user|reactor|reaction_user|member)(_id)?$/, "event.actor | mention"],
  [/^(user|reactor|member)\.(name|display_name|real_name)$/, "event.actor.name"],
  [/^channel(_id)?$/, "event.channel.id | mention"],
  [/^channel\.name$/, "event.channel.name"],
  [/^(reaction|emoji)$/, "event.action"],
  [/link|permalink|url/, "event.message.permalink | link"],
  [
    /^(message_)?(author|sender|poster)(_id)?$|^(message|item)_user(_id)?$/,
    "event.author | mention",
  ],
  [/^(message_)?text$|^message(_content)?$/, "event.message.text"],
  [/time|date/, "event.at | date"],
];

/**
 * Reads a token such as `<id of the trigger>==user`, or `<id>==<client id>==text` for a variable of a
 * webhook. What a later step made is lost.
 */
export function readToken(token: string, { trigger }: Workflow): Token {
  const [step = "", ...rest] = token.split("==");
  const of = rest.join("==");
  if (step !== trigger.id) {
    return { lost: "What a step of the workflow made (a form, an app) is left out of the text." };
  }
  const variable = variablesOf(trigger.config).find(({ id }) => id === rest[0]);
  if (variable !== undefined) return { template: `<${variable.name}>` };
  const [, template] = OF_TRIGGER.find(([name]) => name.test(of)) ?? [];
  return template === undefined
    ? { lost: `${JSON.stringify(of)} has no equivalent and is left out of the text.` }
    : { template: `{{ ${template} }}` };
}

/** The variables that a webhook trigger declares. */
export function variablesOf(
  config: JsonObject,
): { name: string; id: string | null; type: string }[] {
  return objects(config["variables"]).flatMap((variable) => {
    const name = text(variable["key"]) ?? text(variable["name"]);
    if (name === null) return [];
    return [{ name, id: text(variable["client_id"]), type: text(variable["type"]) ?? "text" }];
  });
}
