import { html } from "hono/html";

import type { Html } from "./render-mrkdwn.ts";

/** What Slack writes beside the name of whoever is not a person. */
export type Badge = "App" | "Workflow" | null;

/** The square with a poster's first letter, in a colour that is the same every time; a workflow's has a flash. */
export function renderAvatar(poster: string, badge: Badge): Html {
  return html`<div class="slack-avatar slack-hue${hue(poster)}" aria-hidden="true">
    ${badge === "Workflow" ? "⚡" : poster.slice(0, 1).toUpperCase()}
  </div>`;
}

/** The line above a message: who posted it, and when, if it was (ISO 8601, UTC). */
export function renderPoster(poster: string, badge: Badge, at: string | null): Html {
  return html`<p class="slack-by">
    <b>${poster}</b>${badge === null ? "" : html`<span class="slack-badge">${badge}</span>`}
    ${at === null ? "" : html`<time datetime="${at}">${timeOf(at)}</time>`}
  </p>`;
}

function timeOf(at: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function hue(name: string): number {
  return Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
}
