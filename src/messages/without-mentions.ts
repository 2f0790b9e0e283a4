import type { Block } from "./templates/message-template.ts";

/** `<@U…>`, `<!here>`, `<!subteam^S…|@name>`; a date (`<!date^…>`) mentions nobody. */
const MENTION =
  /<(?:@([^<>|]+)|!(?!date\^)(?:subteam\^)?([^<>|^]+)(?:\^[^<>|]*)?)(?:\|([^<>]*))?>/g;

/** Between the @ and the name: so nobody is mentioned by the words either, and it looks the same. */
const ZERO_WIDTH_SPACE = "\u200b";

/**
 * Text of a message in which mentions are words, which notify nobody.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text (mentions)
 */
export function textWithoutMentions(text: string): string {
  return text.replace(MENTION, (_all, user?: string, group?: string, label?: string) =>
    inWords(label ?? user ?? group ?? ""),
  );
}

/**
 * The same of blocks, those of rich text included.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block (broadcast, user, usergroup)
 */
export function blocksWithoutMentions(blocks: Block[]): Block[] {
  return blocks.map((block) => ({ ...parts(block), type: block.type }));
}

function parts(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, within(value)]));
}

function within(value: unknown): unknown {
  if (typeof value === "string") return textWithoutMentions(value);
  if (Array.isArray(value)) return value.map(within);
  if (typeof value !== "object" || value === null) return value;
  const mentioned = mentionedIn(value);
  return mentioned === null ? parts(value) : { type: "text", text: inWords(mentioned) };
}

/** Whom an element of rich text mentions; null: it is none that mentions. */
function mentionedIn(element: object): string | null {
  const { type, user_id, usergroup_id, range } = element as Record<string, unknown>;
  const whom =
    type === "user"
      ? user_id
      : type === "usergroup"
        ? usergroup_id
        : type === "broadcast"
          ? range
          : null;
  return typeof whom === "string" ? whom : null;
}

function inWords(name: string): string {
  return `@${ZERO_WIDTH_SPACE}${name.replace(/^@/, "")}`;
}
