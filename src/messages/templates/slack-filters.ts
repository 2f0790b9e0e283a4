import { cleanText, escapeEntities } from "../../slack/mrkdwn.ts";
import { durationText } from "../duration.ts";
import { markdownToMrkdwn, markdownToPlain } from "../markdown/gitlab-markdown.ts";
import type { Filter } from "./liquid-filters.ts";
import { textOf, type Rendering } from "./rendering.ts";
import { Written } from "./written.ts";

const DEFAULT_MARKDOWN = 500;
const MAX_MARKDOWN = 2_500;
/** Characters that reading one character of Markdown costs as much as: some is made hard to read. */
const MARKDOWN_COST = 100;
const DEFAULT_WORDS = 15;

const USER = /^[UW][A-Z0-9]{5,30}$/;
const USER_GROUP = /^S[A-Z0-9]{5,30}$/;
const CHANNEL = /^C[A-Z0-9]{5,30}$/;

/** What Liquid has not: filters that write for Slack and read GitLab. docs/mappings.md lists them. */
export const SLACK_FILTERS: Record<string, Filter> = {
  link(value, ...[address]) {
    const label = textOf(value);
    return this.context.link(label, address === undefined ? label : textOf(address) || null);
  },
  mention(value) {
    const { context } = this;
    const named = [value].flat().map((item) => mentionOf(context, item));
    const text = textOf(named);
    if (!named.some((each) => each instanceof Written)) return text;
    const written = named.map((each) => context.write(each)).filter((each) => each !== "");
    return new Written(written.join(", "), () => text);
  },
  slack_escape(value) {
    const text = textOf(value);
    this.context.spend(text.length);
    return this.context.flavour === "mrkdwn"
      ? text
      : new Written(escapeEntities(cleanText(text)), () => text);
  },
  markdown(value, most) {
    const { flavour, projectUrl } = this.context;
    const max = Math.min(atLeastOne(most) ?? DEFAULT_MARKDOWN, MAX_MARKDOWN);
    this.context.spend(Math.max(max, DEFAULT_MARKDOWN) * MARKDOWN_COST);
    const plain = (): string => markdownToPlain(textOf(value), { max, projectUrl }).text;
    if (flavour !== "mrkdwn") return plain();
    return new Written(markdownToMrkdwn(textOf(value), { max, projectUrl }).text, plain);
  },
  truncate_words(value, most, ellipsis = "…") {
    const text = textOf(value);
    this.context.spend(text.length);
    return firstWords(text, atLeastOne(most) ?? DEFAULT_WORDS, textOf(ellipsis));
  },
  duration(value) {
    const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof seconds === "number" && Number.isFinite(seconds) ? durationText(seconds) : "";
  },
};

/** One person, user group or channel; whoever is not known is only named. */
function mentionOf(context: Rendering, value: unknown): Written | string {
  const { flavour } = context;
  const member = memberOf(value);
  const name = textOf(value) || (member?.id ?? "");
  if (flavour === "markdown" || flavour === "title") {
    return member?.gitlab ? new Written(`@${member.gitlab}`, () => name) : name;
  }
  const write = (id: string, mrkdwn: string): Written =>
    new Written(flavour === "mrkdwn" ? mrkdwn : id, () => name);
  if (member !== null) return write(member.id, `<@${member.id}>`);
  // Only a text is an id: anybody may call themselves like one.
  const id = typeof value === "string" ? value : "";
  if (USER.test(id)) return write(id, `<@${id}>`);
  if (USER_GROUP.test(id)) return write(id, `<!subteam^${id}>`);
  if (CHANNEL.test(id)) return write(id, `<#${id}>`);
  const user = context.people.get(usernameOf(value).toLowerCase());
  return user === undefined || !USER.test(user) ? name : write(user, `<@${user}>`);
}

/** Somebody of Slack's, as our own event has them; bodies of GitLab's have nothing alike. */
function memberOf(value: unknown): { id: string; gitlab: string | null } | null {
  if (typeof value !== "object" || value === null || value instanceof Written) return null;
  const { id, gitlab } = value as { id?: unknown; gitlab?: unknown };
  if (typeof id !== "string" || !USER.test(id) || gitlab === undefined) return null;
  const known = typeof gitlab === "string" && /^[\w.-]{1,255}$/.test(gitlab);
  return { id, gitlab: known ? gitlab : null };
}

function usernameOf(value: unknown): string {
  if (typeof value !== "object" || value === null || value instanceof Written) return textOf(value);
  return textOf((value as { username?: unknown }).username);
}

function firstWords(text: string, count: number, ellipsis: string): string {
  const word = /\S+/g;
  let end = text.length;
  for (let found = 0; word.exec(text) !== null; found += 1) {
    if (found === count) return text.slice(0, end) + ellipsis;
    end = word.lastIndex;
  }
  return text;
}

function atLeastOne(value: unknown): number | null {
  const number = Number(value);
  return number >= 1 ? Math.floor(number) : null;
}
