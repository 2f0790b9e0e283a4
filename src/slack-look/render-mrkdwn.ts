import { html, raw } from "hono/html";

/** Markup that is already escaped; it goes into a page's template or JSX as it is. */
export type Html = ReturnType<typeof html>;

/** What `<@U…>` and `<#C…>` are called in this workspace. */
export type Names = (id: string) => string | undefined;

type Options = { names: Names; verbatim?: boolean };

/** The few that notices use; others stay `:name:`. */
const EMOJI = new Map<string | undefined, string>(
  Object.entries({
    admission_tickets: "🎟️",
    arrow_right: "➡️",
    bell: "🔔",
    calendar: "📅",
    eyes: "👀",
    fire: "🔥",
    frame_with_picture: "🖼️",
    heart: "❤️",
    hourglass: "⌛",
    large_green_circle: "🟢",
    large_yellow_circle: "🟡",
    leftwards_arrow_with_hook: "↩️",
    lock: "🔒",
    memo: "📝",
    no_entry: "⛔",
    package: "📦",
    question: "❓",
    red_circle: "🔴",
    rocket: "🚀",
    rotating_light: "🚨",
    tada: "🎉",
    thumbsdown: "👎",
    thumbsup: "👍",
    ticket: "🎫",
    warning: "⚠️",
    wave: "👋",
    white_check_mark: "✅",
    x: "❌",
  }),
);

/** Code, `<…>`, bare addresses and emoji: what emphasis must not look into. */
const TOKENS =
  /`([^`\n]+)`|<([^<>\n]+)>|(https?:\/\/[^\s<>|`]+[^\s<>|`.,;:!?)'"*_~])|:([a-z0-9_+-]+):/g;

/**
 * Slack's mrkdwn as HTML (docs.slack.dev, "Formatting message text"). Everything that is not mrkdwn is escaped, so that
 * the page is safe whatever arrives.
 */
export function renderMrkdwn(text: string, options: Options): Html {
  const parts = text.split(/```([\s\S]+?)```/);
  return html`${parts.map((part, index) =>
    index % 2 === 1
      ? html`<pre>${decode(part.replace(/^\n|\n$/g, ""))}</pre>`
      : raw(paragraphs(index > 0 ? part.replace(/^\n/, "") : part, options)),
  )}`;
}

/** Text that Slack shows as it is, except that addresses become links. */
export function renderPlain(text: string): Html {
  return raw(plain(text));
}

/** The message of a workflow's step: the step's own text is mrkdwn, a variable goes in as plain text. */
export function renderTemplate(
  template: string,
  variables: Record<string, string>,
  options: Options,
): Html {
  const names: string[] = [];
  const marked = template
    .replaceAll(/[\uE001-\uE003]/g, "")
    .replace(/\{\{(\w+)\}\}/g, (_all, name: string) => `${VARIABLE}${names.push(name) - 1}${END}`);
  return raw(
    paragraphs(marked, options).replace(PUT_IN, (_all, where: string, index: string) => {
      const value = variables[names[Number(index)] ?? ""] ?? "";
      return where === VARIABLE ? plain(value) : escape(value);
    }),
  );
}

/** Private-use characters that stand for what is put in after emphasis; they are taken out of what arrives. */
const TOKEN = "\uE000";
const VARIABLE = "\uE001";
/** A variable in a link's address, where it can be no link of its own. */
const IN_ADDRESS = "\uE002";
const END = "\uE003";
const PUT_IN = /([\uE001\uE002])(\d+)\uE003/g;

function paragraphs(text: string, options: Options): string {
  const clean = text.replaceAll(TOKEN, "");
  return clean
    .split(/((?:^(?:>|&gt;).*(?:\n|$))+)/m)
    .map((part) =>
      /^(>|&gt;)/.test(part)
        ? `<blockquote>${lines(part.replace(/^(>|&gt;) ?/gm, "").trimEnd(), (line) => inline(line, options))}</blockquote>`
        : lines(part, (line) => inline(line, options)),
    )
    .join("");
}

function plain(text: string): string {
  return lines(text, linked);
}

function lines(text: string, render: (line: string) => string): string {
  return text.split("\n").map(render).join("<br>");
}

function inline(line: string, { names, verbatim = false }: Options): string {
  const tokens: string[] = [];
  const marked = line.replace(TOKENS, (all, code, angle, url, emoji) => {
    const rendered = token(all, { code, angle, url: verbatim ? undefined : url, emoji }, names);
    tokens.push(rendered);
    return TOKEN;
  });
  const emphasised = escape(decode(marked))
    .replace(/(^|[^\w*])\*(?!\s)([^*]*[^*\s])\*(?![\w*])/g, "$1<strong>$2</strong>")
    .replace(/(^|[^\w_])_(?!\s)([^_]*[^_\s])_(?![\w_])/g, "$1<em>$2</em>")
    .replace(/(^|[^\w~])~(?!\s)([^~]*[^~\s])~(?![\w~])/g, "$1<del>$2</del>");
  return emphasised.replaceAll(TOKEN, () => tokens.shift() ?? "");
}

type Token = Record<"code" | "angle" | "url" | "emoji", string | undefined>;

function token(all: string, { code, angle, url, emoji }: Token, names: Names): string {
  if (code !== undefined) return `<code>${escape(decode(code))}</code>`;
  if (angle !== undefined) return bracketed(angle, names);
  if (url !== undefined) return link(decode(url), decode(url));
  return EMOJI.get(emoji) ?? escape(decode(all));
}

/** `<@U1>`, `<#C1|name>`, `<!here>`, `<!date^…|fallback>`, `<https://…|label>`. */
function bracketed(inside: string, names: Names): string {
  const [target = "", ...rest] = inside.split("|");
  const label = rest.length > 0 ? decode(rest.join("|")) : undefined;
  const id = target.slice(1);
  if (/^[@#]/.test(target)) return mention(`${target[0]}${label ?? names(id) ?? id}`);
  if (!target.startsWith("!")) return link(decode(target), label ?? decode(target));
  if (id.startsWith("date^")) return escape(label ?? id);
  return mention(label ?? `@${id.split("^")[0]}`);
}

function mention(name: string): string {
  return `<span class="slack-mention">${escape(name)}</span>`;
}

function link(url: string, label: string): string {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return escape(`<${url}>`);
  const href = escape(url).replaceAll(VARIABLE, IN_ADDRESS);
  return `<a href="${href}" target="_blank" rel="noopener noreferrer">${escape(label)}</a>`;
}

function linked(line: string): string {
  return line
    .split(/(https?:\/\/[^\s<>]+)/)
    .map((part, index) => (index % 2 === 1 ? link(part, part) : escape(part)))
    .join("");
}

/** Slack's three entities, and no others. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
