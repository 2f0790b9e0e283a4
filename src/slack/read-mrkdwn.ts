/** What stands between angle brackets in a message's text, and Slack's three entities. */
const MARKUP = /<([^<>|]*)(?:\|([^<>]*))?>|&(amp|lt|gt);/g;

/** Bold, italics and strikethrough, as far as they stand around words of one line. */
const EMPHASIS = ["*", "_", "~"].map((mark) => {
  const others = "*_~".replace(mark, "");
  return new RegExp(
    `(^|[\\s(${others}])\\${mark}(?=\\S)([^\\n${mark}]{1,200})(?<=\\S)\\${mark}(?=$|[\\s).,:;!?${others}])`,
    "gm",
  );
});

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">" };

/**
 * A message's text as people read it: links, mentions and entities written out, emphasis taken off. `nameOf` knows the
 * names of members by id.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text (retrieving messages)
 */
export function readMrkdwn(text: string, nameOf: (id: string) => string | null): string {
  const written = text.replace(MARKUP, (_all, target?: string, label?: string, entity?: string) =>
    entity === undefined
      ? inWords(target ?? "", label ? decoded(label) : null, nameOf)
      : (ENTITIES[entity] ?? ""),
  );
  return EMPHASIS.reduce((said, marks) => said.replace(marks, "$1$2"), written);
}

/** The ids of the members that a message's text mentions. */
export function mentionsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(/<@([UW][A-Z0-9]+)/g), ([, id]) => id ?? ""))];
}

function inWords(
  target: string,
  label: string | null,
  nameOf: (id: string) => string | null,
): string {
  const rest = target.slice(1);
  switch (target.slice(0, 1)) {
    case "@":
      return `@${nameOf(rest) ?? label ?? rest}`;
    case "#":
      return `#${label || rest}`;
    case "!":
      return label ?? `@${rest.split("^", 1)[0] ?? ""}`;
    default: {
      const address = decoded(target).replace(/^mailto:/, "");
      return label === null || label === address ? address : `${label} (${address})`;
    }
  }
}

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_all, entity: string) => ENTITIES[entity] ?? "");
}
