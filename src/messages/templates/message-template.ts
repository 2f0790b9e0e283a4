import type { Problem } from "../../mappings/problems.ts";
import type { Flavour, TemplateScope } from "./rendering.ts";
import { compileTemplate } from "./template.ts";

/** A Block Kit block as JSON. Slack has the last word on its shape; ours is only transport. */
export type Block = { type: string; [key: string]: unknown };

/** A message for a channel or an incoming webhook: `text` is also the notification. */
export type SlackMessage = { text: string; blocks: Block[] | null };

/** A compiled `message` of a rule. */
export type MessageTemplate = (
  scope: TemplateScope,
) => { message: SlackMessage } | { error: string };

type Fill = (scope: TemplateScope) => unknown;

/** Compiles `message: "…"` or `message: { text, blocks }`; problems carry their key path. */
export function compileMessage(
  message: string | { text: string; blocks?: Block[] | undefined },
  path: string,
  problems: Problem[],
): MessageTemplate {
  const spoken = typeof message === "string" ? { text: message, blocks: undefined } : message;
  const text = compileText(
    spoken.text,
    "mrkdwn",
    typeof message === "string" ? path : `${path}.text`,
    problems,
  );
  const blocks =
    spoken.blocks === undefined ? null : compileValue(spoken.blocks, `${path}.blocks`, problems);
  return (scope) => {
    try {
      return {
        message: {
          text: String(text(scope)),
          blocks: blocks === null ? null : (blocks(scope) as Block[]),
        },
      };
    } catch (error) {
      if (error instanceof TemplateFailure) return { error: error.message };
      throw error;
    }
  };
}

class TemplateFailure extends Error {}

/** Every text inside blocks is a template; only texts of type `mrkdwn` are escaped for Slack. */
function compileValue(
  value: unknown,
  path: string,
  problems: Problem[],
  flavour: Flavour = "plain",
): Fill {
  if (typeof value === "string") return compileText(value, flavour, path, problems);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileValue(item, `${path}[${index}]`, problems));
    return (scope) => items.map((item) => item(scope));
  }
  if (value === null || typeof value !== "object") return () => value;
  const inner: Flavour = "type" in value && value.type === "mrkdwn" ? "mrkdwn" : "plain";
  const entries = Object.entries(value).map(
    ([key, item]) =>
      [
        key,
        compileValue(item, `${path}.${key}`, problems, key === "text" ? inner : "plain"),
      ] as const,
  );
  return (scope) => ({
    ...Object.fromEntries(entries.map(([key, item]) => [key, item(scope)])),
    // Without it Slack would turn names in the text into mentions and links.
    ...(inner === "mrkdwn" ? { verbatim: true } : {}),
  });
}

function compileText(source: string, flavour: Flavour, path: string, problems: Problem[]): Fill {
  const template = compileTemplate(source, flavour);
  if (typeof template !== "function") {
    problems.push({ path, message: template.problem });
    return () => "";
  }
  return (scope) => {
    const rendered = template(scope);
    if ("error" in rendered) throw new TemplateFailure(rendered.error);
    return rendered.text;
  };
}
