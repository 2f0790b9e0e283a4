import { html } from "hono/html";

import { type Html, type Names, renderMrkdwn } from "../slack-look/render-mrkdwn.ts";
import type { Channel, Message, Workspace } from "./workspace.ts";

/** The emojis that the example's rules know; any other is typed. */
const EMOJIS = [
  "escalate",
  "leftwards_arrow_with_hook",
  "slack",
  "admission_tickets",
  "question",
  "ticket",
];

/** The app's message shortcuts: callback id and name. */
const SHORTCUTS = [
  ["why", "Why this message?"],
  ["issue", "Make a GitLab issue"],
] as const;

/** Who reacted with what. A click adds the reaction of whom one plays, or takes it back. */
export function renderReactions({ reactions, onlyFor }: Message, names: Names): Html {
  if (reactions.length === 0 || onlyFor !== null) return html``;
  return html`<p class="reactions">
    ${reactions.map(({ name, users }) => {
      const who = `${users.map((user) => names(user) ?? user).join(", ")} reacted with :${name}:`;
      return html`<button
        data-act="toggle"
        data-emoji="${name}"
        data-users="${users.join(" ")}"
        title="${who}"
        aria-label="${who}"
      >
        ${picture(name)} ${users.length}
      </button>`;
    })}
  </p>`;
}

/** What one can do with a message: react, or use one of the app's shortcuts. Not with what one person sees alone. */
export function renderTools({ ts, onlyFor }: Message): Html {
  if (onlyFor !== null) return html``;
  return html`<div class="tools" role="group" aria-label="React">
    ${EMOJIS.map(
      (name) =>
        html`<button data-act="react" data-emoji="${name}" title="${name}" aria-label="${name}">
          ${picture(name)}
        </button>`,
    )}
    <form>
      <input name="emoji" aria-label="Another emoji, by name" placeholder=":other:" size="7" />
    </form>
    <details class="menu" data-key="menu${ts}">
      <summary aria-label="More actions">⋯</summary>
      <div>
        ${SHORTCUTS.map(
          ([callback, label]) =>
            html`<button data-act="shortcut" data-callback="${callback}">${label}</button>`,
        )}
      </div>
    </details>
  </div>`;
}

/** The button for coming and going; the script knows whether the person one plays is in. */
export function renderMembership({ id, members }: Channel): Html {
  if (id.startsWith("D")) return html``;
  return html`<button data-act="join" data-members="${members.join(" ")}">Join</button>`;
}

/** Whom one plays, and what that person writes. */
export function renderComposer({ members }: Workspace): Html {
  const people = members.filter(({ isBot, isDeleted }) => !isBot && !isDeleted);
  return html`<form id="composer">
    <label
      >You are
      <select id="you">
        ${people.map(({ id, realName }) => html`<option value="${id}">${realName}</option>`)}
      </select></label
    >
    <input
      name="text"
      aria-label="Message"
      placeholder="Write a message, or /causeway help"
      autocomplete="off"
    />
    <button class="primary">Send</button>
    <p id="problem" class="bad" role="status"></p>
  </form>`;
}

/** An emoji without a picture is its name between colons. */
function picture(name: string): Html {
  return renderMrkdwn(`:${name}:`, { names: () => undefined });
}
