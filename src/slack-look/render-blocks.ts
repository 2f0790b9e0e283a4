import { html } from "hono/html";

import { type Html, type Names, renderMrkdwn, renderPlain } from "./render-mrkdwn.ts";

/** A message's Block Kit blocks as HTML; of a kind that the page does not draw, its name. */
export function renderBlocks(blocks: readonly unknown[], names: Names): Html {
  return html`${blocks.map((block) => renderBlock(block, names))}`;
}

function renderBlock(block: unknown, names: Names): Html {
  const text = get(block, "text");
  const elements = list(block, "elements");
  switch (get(block, "type")) {
    case "section":
      return html`<div class="slack-block slack-section">
        <div>
          ${text === undefined ? "" : html`<div>${renderText(text, names)}</div>`}
          ${fields(list(block, "fields"), names)}
        </div>
        ${get(block, "accessory") === undefined ? "" : renderElement(get(block, "accessory"), names)}
      </div>`;
    case "header":
      return html`<p class="slack-block slack-header">${renderText(text, names)}</p>`;
    case "context":
      return html`<div class="slack-block slack-context">
        ${elements.map((element) => html`<span>${renderElement(element, names)}</span>`)}
      </div>`;
    case "divider":
      return html`<hr class="slack-block" />`;
    case "actions":
      return html`<div class="slack-block slack-actions">
        ${elements.map((element) => renderElement(element, names))}
      </div>`;
    case "image":
      return html`<div class="slack-block">${image(block)}</div>`;
    case "markdown":
      return html`<div class="slack-block slack-plain">${renderPlain(string(block, "text"))}</div>`;
    case "rich_text":
      return html`<div class="slack-block">
        ${elements.map((element) => rich(element, names))}
      </div>`;
    default:
      return html`<div class="slack-block slack-unknown">${string(block, "type")} block</div>`;
  }
}

function fields(all: unknown[], names: Names): Html {
  if (all.length === 0) return html``;
  return html`<div class="slack-fields">
    ${all.map((field) => html`<div>${renderText(field, names)}</div>`)}
  </div>`;
}

function renderElement(element: unknown, names: Names): Html {
  switch (get(element, "type")) {
    case "button":
      return button(element, names);
    case "image":
      return image(element);
    case "mrkdwn":
    case "plain_text":
      return renderText(element, names);
    default:
      return html`<span class="slack-unknown">${string(element, "type")}</span>`;
  }
}

function button(element: unknown, names: Names): Html {
  const label = renderText(get(element, "text"), names);
  const style = ["primary", "danger"].find((each) => each === get(element, "style")) ?? "default";
  const url = string(element, "url");
  if (!/^https?:\/\//i.test(url)) {
    return html`<span class="slack-button slack-${style}" title="Nobody listens to this button here"
      >${label}</span
    >`;
  }
  return html`<a
    class="slack-button slack-${style}"
    href="${url}"
    target="_blank"
    rel="noopener noreferrer"
    >${label}</a
  >`;
}

/** Images are named, not shown: the page asks nobody else for anything. */
function image(element: unknown): Html {
  return html`<span class="slack-unknown">🖼 ${string(element, "alt_text")}</span>`;
}

function renderText(text: unknown, names: Names): Html {
  const content = string(text, "text");
  if (get(text, "type") !== "mrkdwn") return html`<span class="slack-plain">${content}</span>`;
  return renderMrkdwn(content, { names, verbatim: get(text, "verbatim") === true });
}

function rich(element: unknown, names: Names): Html {
  const inside = () => list(element, "elements").map((each) => rich(each, names));
  switch (get(element, "type")) {
    case "rich_text_section":
      return html`<div>${inside()}</div>`;
    case "rich_text_list":
      return html`<ul>
        ${inside().map((item) => html`<li>${item}</li>`)}
      </ul>`;
    case "rich_text_quote":
      return html`<blockquote>${inside()}</blockquote>`;
    case "rich_text_preformatted":
      return html`<pre>${inside()}</pre>`;
    case "link":
      return renderMrkdwn(
        `<${string(element, "url")}|${string(element, "text") || string(element, "url")}>`,
        {
          names,
        },
      );
    case "user":
      return renderMrkdwn(`<@${string(element, "user_id")}>`, { names });
    case "emoji":
      return renderMrkdwn(`:${string(element, "name")}:`, { names });
    default:
      return styled(element);
  }
}

function styled(element: unknown): Html {
  const text = html`${string(element, "text")}`;
  const style = get(element, "style");
  if (get(style, "code") === true) return html`<code>${text}</code>`;
  if (get(style, "bold") === true) return html`<strong>${text}</strong>`;
  return get(style, "italic") === true ? html`<em>${text}</em>` : text;
}

function get(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function string(value: unknown, key: string): string {
  const found = get(value, key);
  return typeof found === "string" ? found : "";
}

function list(value: unknown, key: string): unknown[] {
  const found = get(value, key);
  return Array.isArray(found) ? found : [];
}
