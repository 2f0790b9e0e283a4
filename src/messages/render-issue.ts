import type { Event } from "../event.ts";
import { escapeMarkdown, escapeTitle, markdownLink } from "../gitlab/escape-markdown.ts";
import type { MadeIssue } from "../gitlab/issues-api.ts";
import { addressName } from "../mappings/address.ts";
import type { IssueTemplate } from "../mappings/slack-terms.ts";
import type { SlackDetails } from "../slack/slack-details.ts";
import { escapeMrkdwn } from "../slack/mrkdwn.ts";
import { section } from "./fit-message.ts";
import { link, say, toMrkdwn } from "./phrase.ts";
import type { Occasion, Rendered } from "./render-delivery.ts";
import type { SlackMessage } from "./templates/message-template.ts";
import type { Template } from "./templates/template.ts";
import type { TemplateScope } from "./templates/rendering.ts";

/**
 * The GitLab issue that is made of a message: the rule's texts, or the message itself, with a line that
 * leads back to Slack and a mark by which the issue is found again.
 */
export function renderIssue(
  { event }: Occasion,
  project: string,
  issue: IssueTemplate | null,
  scope: TemplateScope,
): Rendered {
  const { details } = event;
  if (details.of !== "slack" || details.channel === null || details.message === null) {
    throw new Error("only of a message of Slack's an issue is made");
  }
  const problems: string[] = [];
  const fill = (template: Template | null | undefined, key: string): string | null => {
    const rendered = template?.(scope);
    if (rendered === undefined) return null;
    if ("text" in rendered) return rendered.text.trim() === "" ? null : rendered.text;
    problems.push(`issue.${key}: ${rendered.error}`);
    return null;
  };
  const marker = markerOf(details.channel.id, details.message.ts);
  const description = fill(issue?.description, "description") ?? quoted(details.message.text);
  const given = [event.title ?? "", `A message in ${nameOf(details)}`].map(escapeTitle);
  const titles = [fill(issue?.title, "title"), ...given].map(oneLine);
  const title = titles.find((each) => each !== "") ?? "";
  return {
    outgoing: {
      kind: "issue",
      answerIn: addressName({ type: "thread", channel: details.channel.id }),
      draft: {
        project,
        title,
        description: `${description}\n\n---\n\n${origin(event, details)}\n\n${marker}`,
        // GitLab takes them as one text with commas between.
        labels: (issue?.labels ?? []).flatMap(
          (label, at) => fill(label, `labels[${at}]`)?.replaceAll(",", " ") ?? [],
        ),
        // An emoji does not make public what was said among colleagues, unless the rule says so.
        confidential: issue?.confidential ?? true,
        marker,
      },
    },
    problem: problems.length === 0 ? null : problems.join("; "),
  };
}

/** The answer in the thread when the rule has no words of its own. */
export function issueMessage(issue: MadeIssue, note: string | null): SlackMessage {
  const kept = link(issue.url, issue.reference);
  const said = issue.found ? say`This is kept as ${kept}: ` : say`Kept as ${kept}: `;
  const text = toMrkdwn(say`${said}${issue.title}`);
  const warning = note === null ? [] : [section(`:warning: ${escapeMrkdwn(note)}`)];
  return { text, blocks: [section(`:memo: ${text}`), ...warning] };
}

/** A mark that only the issue of this message carries: a comment, which no text of others can be. */
export function markerOf(channel: string, ts: string): string {
  return `<!-- causeway:slack:${channel}:${ts} -->`;
}

function oneLine(text: string | null): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

function quoted(text: string | null): string {
  if (text === null) return "*The text of the message is not known.*";
  return escapeMarkdown(text)
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

function origin(event: Event, details: SlackDetails): string {
  const { author, actor, url } = event;
  const written = author === null ? "" : ` of ${person(author)}`;
  const where = ` in ${escapeMarkdown(nameOf(details))}`;
  const message = url === null ? "A message" : markdownLink(url, "A message");
  const by = actor === null ? "" : `, kept by ${person(actor)}`;
  return `${message}${written}${where} on Slack${by}.`;
}

/** Who somebody is in GitLab where that is known; GitLab tells people who are mentioned. */
function person({ gitlab, name, username, id }: NonNullable<Event["actor"]>): string {
  if (gitlab != null && /^[\w.-]+$/.test(gitlab)) return `@${gitlab}`;
  return escapeMarkdown(name ?? username ?? id ?? "somebody");
}

function nameOf({ channel }: SlackDetails): string {
  return channel?.name == null ? (channel?.id ?? "a channel") : `#${channel.name}`;
}
