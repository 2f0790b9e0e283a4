import { html } from "hono/html";

import { renderBlocks } from "./render-blocks.ts";
import { type Html, type Names, renderMrkdwn } from "./render-mrkdwn.ts";
import { type Badge, renderAvatar, renderPoster } from "./render-poster.ts";

/** What a message says: Slack shows the blocks where there are some, and the text (mrkdwn) where there are none. */
export type Said = { text: string; blocks?: readonly unknown[] };

/** How a message is posted: by whom, when (ISO 8601), to whom alone it shows; and what ids are called. */
export type Posting = {
  poster: string;
  badge: Badge;
  at?: string;
  onlyFor?: string;
  names: Names;
};

/**
 * A message as Slack shows it, with its poster. It brings its own colours (`slack-look.css`), has no script, image or
 * inline style, and escapes whatever the message says.
 */
export function renderMessage(said: Said, posting: Posting): Html {
  const { poster, badge, at = null, onlyFor, names } = posting;
  return html`<div class="slack-look">
    <div class="slack-message">
      ${renderAvatar(poster, badge)}
      <div>
        ${renderPoster(poster, badge, at)}
        ${onlyFor === undefined ? "" : html`<p class="slack-aside">Only visible to ${onlyFor}</p>`}
        <div>${renderSaid(said, names)}</div>
      </div>
    </div>
  </div>`;
}

/** A message's content alone. */
export function renderSaid({ text, blocks = [] }: Said, names: Names): Html {
  return blocks.length > 0 ? renderBlocks(blocks, names) : renderMrkdwn(text, { names });
}
