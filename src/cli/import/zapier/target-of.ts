import { identifier, isObject, object, objects, text, type Json } from "../../../json.ts";
import type { Rule } from "../../../mappings/schema.ts";
import { channelDestination, hookDestination } from "../destinations.ts";
import type { Draft, DraftDestination, Remark } from "../draft.ts";
import { slackAddress } from "../read-export.ts";
import type { Step, Zap } from "./read-zaps.ts";
import { stepInWords, wordsOf } from "./words-of.ts";

/** Where a step sends, and what it says there. */
export type Target = {
  destination: DraftDestination;
  says: Pick<Rule, "message" | "variables">;
  remarks: Remark[];
};

/** What a step that sends comes to; a text says why it comes to nothing. */
export function targetOf(draft: Draft, zap: Zap, step: Step, from: string): Target | string {
  return step.app === "slack"
    ? slackMessage(draft, zap, step, from)
    : webhook(draft, zap, step, from);
}

function slackMessage(draft: Draft, zap: Zap, step: Step, from: string): Target | string {
  const { params, labels, action } = step;
  if (!/message|dm$/.test(action)) {
    return `Slack's "${action}" has no equivalent: Causeway posts messages and starts workflows.`;
  }
  const channel = text(params["channel"]) ?? text(params["user"]) ?? text(params["channel_id"]);
  if (channel === null || channel.includes("{{")) {
    return "It writes to whom an earlier step names. A rule names its destination: make one rule for each channel or person.";
  }
  const label = text(labels["channel"]) ?? text(labels["user"]);
  const destination = channelDestination(draft, {
    channel,
    title: label ?? (/^[CGDU][A-Z0-9]{6,}$/.test(channel) ? zap.title : channel),
    from,
  });
  const words = wordsOf(text(params["text"]) ?? text(params["message"]) ?? "", zap);
  const remarks = words.lost.map((message) => lost("message", message));
  if (text(params["thread_ts"]) !== null) {
    remarks.push(
      lost(null, "It answered in a thread; a notice of Causeway's is a message of its own."),
    );
  }
  if (/(^|\s)@(?!here\b|channel\b|everyone\b)[\w.-]+/.test(words.template)) {
    remarks.push(
      lost(
        "message",
        'A name behind @ is only text here. A user group is mentioned by its id: {{ "S0123ABC" | mention }}; who did it: {{ event.actor | mention }}.',
      ),
    );
  }
  if (/@(here|channel|everyone)\b/.test(words.template)) {
    remarks.push(lost("message", "To notify a whole channel write <!here>; @here is only text."));
  }
  if (identifier(params["attachments"]) !== null || identifier(params["file"]) !== null) {
    remarks.push(lost("message", "Its attachment or file is left out."));
  }
  return {
    destination,
    says: words.template.trim() === "" ? {} : { message: words.template },
    remarks,
  };
}

function webhook(draft: Draft, zap: Zap, step: Step, from: string): Target | string {
  const { params, action } = step;
  const address = slackAddress(text(params["url"]) ?? "");
  const method = text(params["method"]) ?? action;
  if (address === null) {
    return "It calls an address that is not one of Slack's. Causeway sends to Slack only: let what stands behind it listen to GitLab directly.";
  }
  if (/get|delete/i.test(method))
    return `It asks Slack's address with ${method}; only POST says anything.`;
  const data = dataOf(params["data"] ?? params["body"] ?? null);
  const whereItIs = `its value is the URL of ${stepInWords(step, zap)}`;
  if (address.type === "webhook") {
    const destination = hookDestination(draft, {
      ...address,
      title: zap.title,
      from,
      variables: [],
      whereItIs,
    });
    const words = wordsOf(text(data?.["text"]) ?? "", zap);
    const more = Object.keys(data ?? {}).filter((key) => key !== "text");
    return {
      destination,
      says: words.template.trim() === "" ? {} : { message: words.template },
      remarks: [
        ...words.lost.map((message) => lost("message", message)),
        ...(more.length === 0
          ? []
          : [
              lost(
                "message",
                `Left out of the message: ${more.join(", ")}. Blocks stand in docs/mappings.md.`,
              ),
            ]),
      ],
    };
  }
  const said = Object.entries(data ?? {}).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : value === null ? "" : JSON.stringify(value),
  ]);
  const destination = hookDestination(draft, {
    ...address,
    title: zap.title,
    from,
    variables: said.map(([name]) => name),
    whereItIs,
  });
  const { destination: made } = destination;
  const declared = made.type === "workflow" ? (made.variables ?? []) : [];
  const remarks: Remark[] = [];
  const variables: Record<string, string> = {};
  for (const [name, value] of said) {
    if (!declared.includes(name)) continue;
    const words = wordsOf(value, zap);
    Object.defineProperty(variables, name, { value: words.template, enumerable: true });
    remarks.push(...words.lost.map((message) => lost("variables", `${name}: ${message}`)));
  }
  if (said.length === 0) {
    remarks.push({
      kind: "todo",
      at: null,
      message:
        "The Zap does not list what it sends. Put the names of the workflow's variables into the destination; docs/mappings.md says what fills them.",
    });
  }
  return { destination, says: said.length === 0 ? {} : { variables }, remarks };
}

/** What a webhook step posts: pairs, a list of pairs, or JSON as text. Null: none that can be read. */
function dataOf(data: Json): Record<string, Json> | null {
  if (isObject(data)) return data;
  if (Array.isArray(data)) {
    const pairs = objects(data).flatMap((pair): [string, Json][] => {
      const name = text(pair["key"]) ?? text(pair["name"]);
      return name === null ? [] : [[name, pair["value"] ?? null]];
    });
    return Object.fromEntries(pairs);
  }
  if (typeof data !== "string") return null;
  try {
    // Quotes of a placeholder would end the text that it stands in.
    const quoted = data.replace(/\{\{(?:(?!\{\{|\}\}).)*\}\}/gs, (found) =>
      found.replaceAll('"', "'"),
    );
    return object(JSON.parse(quoted));
  } catch {
    return null;
  }
}

function lost(at: string | null, message: string): Remark {
  return { kind: "lost", at, message };
}
