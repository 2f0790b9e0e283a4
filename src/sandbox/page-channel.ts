import { html } from "hono/html";

import { counted } from "../words/counted.ts";
import { renderReactions, renderTools } from "./page-people.ts";
import { renderSaid } from "../slack-look/render-message.ts";
import { type Html, type Names, renderTemplate } from "../slack-look/render-mrkdwn.ts";
import { type Badge, renderAvatar, renderPoster } from "../slack-look/render-poster.ts";
import type { Channel, Message, Workspace } from "./workspace.ts";

/** As many as a browser draws without effort; `/_messages` has all. */
const SHOWN = 200;

/** A channel's messages, oldest first, replies under their parent. */
export function renderChannel(workspace: Workspace, channel: Channel | undefined): Html {
  if (workspace.messages.length === 0) return empty();
  const all = workspace.messages.filter((each) => each.channel === channel?.id);
  if (all.length === 0) return html`<p class="quiet">Nothing has arrived in this channel yet.</p>`;

  const names: Names = (id) =>
    workspace.members.find((each) => each.id === id)?.realName ??
    workspace.channels.find((each) => each.id === id)?.name;
  const parents = all.filter((each) => isParent(each, all)).slice(-SHOWN);
  let day = "";
  return html`${parents.map((message) => {
    const replies = all.filter((each) => each.threadTs === message.ts && each !== message);
    const heading = dayOf(message) === day ? "" : html`<h2><span>${dayOf(message)}</span></h2>`;
    day = dayOf(message);
    return html`${heading}${renderMessage(message, names)}${thread(replies, names)}`;
  })}`;
}

/** A reply to a message that is not here any more stands on its own. */
function isParent(message: Message, all: Message[]): boolean {
  return message.threadTs === null || !all.some((each) => each.ts === message.threadTs);
}

function thread(replies: Message[], names: Names): Html {
  if (replies.length === 0) return html``;
  return html`<div class="thread">
    <p>${counted(replies.length, "reply", "replies")}</p>
    ${replies.map((reply) => renderMessage(reply, names))}
  </div>`;
}

function renderMessage(message: Message, names: Names): Html {
  const poster =
    message.via === "person" ? (names(message.user) ?? message.poster) : message.poster;
  const only = message.onlyFor === null ? undefined : (names(message.onlyFor) ?? message.onlyFor);
  const badge = badgeOf(message);
  return html`<article
    id="m${message.ts}"
    class="slack-message ${only === undefined ? "" : "only"}"
  >
    ${renderAvatar(poster, badge)}
    <div class="body">
      ${renderPoster(poster, badge, message.at)}
      ${only === undefined ? "" : html`<p class="slack-aside">Only visible to ${only}</p>`}
      <div class="text">
        ${content(message, names)}${message.before.length > 0 ? html` <small>(edited)</small>` : ""}
      </div>
      ${renderReactions(message, names)}
      ${message.notes.map((note) => html`<p class="note">${note}</p>`)}
      ${sent(message)}${renderTools(message)}
    </div>
  </article>`;
}

function content(message: Message, names: Names): Html {
  if (message.template !== null) {
    return renderTemplate(message.template, message.variables ?? {}, { names });
  }
  return renderSaid(message, names);
}

function badgeOf({ via }: Message): Badge {
  switch (via) {
    case "person":
      return null;
    case "workflow":
      return "Workflow";
    case "bot":
    case "webhook":
      return "App";
  }
}

/** What was really sent, for whoever wonders why the message reads as it does. */
function sent(message: Message): Html {
  if (message.via === "person") return html``;
  const { variables, blocks, text, before } = message;
  const lines =
    variables === null ? [["text", text] as const, ...blocksOf(blocks)] : Object.entries(variables);
  return html`<details data-key="sent${message.ts}">
    <summary>
      ${variables === null ? "What was sent" : `${lines.length} variables`}${
        before.length > 0 ? `, ${before.length} earlier` : ""
      }
    </summary>
    <dl>
      ${lines.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value === "" ? html`<i>empty</i>` : value}</dd>`,
      )}
      ${before.map(
        (version) =>
          html`<dt>until ${timeOf(version)}</dt>
            <dd>${version.text}</dd>`,
      )}
    </dl>
  </details>`;
}

function blocksOf(blocks: unknown[]): (readonly [string, string])[] {
  return blocks.length === 0 ? [] : [["blocks", JSON.stringify(blocks, null, 2)]];
}

function empty(): Html {
  return html`<div class="empty">
    <h2>Nothing has arrived yet</h2>
    <p>Play GitLab and send an event. In a second terminal, in the same folder:</p>
    <pre>npm run sample -- issue.open</pre>
    <p>The message appears here by itself. Then react to it: the answer does, too.</p>
  </div>`;
}

function dayOf({ at }: Message): string {
  return new Date(at).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
}

function timeOf({ at }: { at: string }): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
