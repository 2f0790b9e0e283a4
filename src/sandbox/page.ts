import { readFileSync } from "node:fs";
import { join } from "node:path";

import { Hono } from "hono";
import { html } from "hono/html";

import { renderChannel } from "./page-channel.ts";
import { renderFaults } from "./page-faults.ts";
import { renderComposer, renderMembership } from "./page-people.ts";
import { SCRIPT } from "./page-script.ts";
import { STYLE } from "./page-style.ts";
import type { Html } from "../slack-look/render-mrkdwn.ts";
import type { SlackEnv } from "./slack-env.ts";
import { TEAM } from "./support-team.ts";
import type { Channel, Workspace } from "./workspace.ts";

/** Messages come from outside: nothing on the page may run, load or post but what the stand-in serves itself. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The live page: channels on the left, messages as members would see them, faults below. */
export function page(workspace: Workspace): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();

  app.get("/", (c) => {
    c.header("content-security-policy", POLICY);
    c.header("cache-control", "no-store");
    return c.html(renderPage(workspace, chosen(workspace, c.req.query("channel"))));
  });
  app.get("/_page.css", (c) => c.text(STYLE, 200, { "content-type": "text/css" }));
  app.get("/_slack-look.css", (c) => c.text(readLook(), 200, { "content-type": "text/css" }));
  app.get("/_page.js", (c) => c.text(SCRIPT, 200, { "content-type": "text/javascript" }));
  return app;
}

/** The messages' own style, which the console has too. */
function readLook(): string {
  return readFileSync(join(import.meta.dirname, "../slack-look/slack-look.css"), "utf8");
}

/** Who has not chosen a channel follows the newest message. */
function chosen(workspace: Workspace, id: string | undefined): Channel | undefined {
  const newest = workspace.messages.at(-1)?.channel;
  return workspace.channel(id ?? newest ?? "") ?? workspace.channels[0];
}

function renderPage(workspace: Workspace, channel: Channel | undefined): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${channel === undefined ? "" : `#${channel.name} · `}Slack stand-in</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/_slack-look.css" />
        <link rel="stylesheet" href="/_page.css" />
        <script src="/_page.js" type="module"></script>
      </head>
      <body>
        <aside>
          <header>
            <strong>${TEAM.name}</strong>
            <span id="live" class="live" role="status">connecting</span>
          </header>
          <nav id="channels" aria-label="Channels">${renderSidebar(workspace, channel)}</nav>
        </aside>
        <main>
          <header id="title">
            <div data-here="${channel?.id ?? ""}">
              <h1>${channel === undefined ? "" : nameOf(channel)}</h1>
              <p>${channel?.purpose ?? ""}</p>
            </div>
            ${channel === undefined ? "" : renderMembership(channel)}
          </header>
          <section id="messages" class="slack-look" aria-label="Messages" tabindex="0">
            ${renderChannel(workspace, channel)}
          </section>
          ${renderComposer(workspace)} ${renderFaults(workspace)}
        </main>
      </body>
    </html>`;
}

function renderSidebar(workspace: Workspace, current: Channel | undefined): Html {
  return html`${workspace.channels.map((channel) => {
    const count = workspace.messages.filter((each) => each.channel === channel.id).length;
    return html`<a
      href="/?channel=${channel.id}"
      data-channel="${channel.id}"
      data-count="${count}"
      ${channel.id === current?.id ? html`aria-current="page"` : ""}
      ><span>${nameOf(channel)}</span>${count > 0 ? html`<small>${count}</small>` : ""}</a
    >`;
  })}`;
}

function nameOf(channel: Channel): Html {
  return html`<i aria-hidden="true">${channel.id.startsWith("D") ? "@" : "#"}</i>${channel.name}`;
}
