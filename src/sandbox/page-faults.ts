import { html } from "hono/html";

import type { FaultName } from "./faults.ts";
import type { Html } from "../slack-look/render-mrkdwn.ts";
import type { SeenRequest, Workspace } from "./workspace.ts";

/** The faults one wants to see most; the others are for tests and `POST /_faults`. */
const BUTTONS: [FaultName, string, string][] = [
  ["rate_limited", "Rate limit", "429 with Retry-After: 2"],
  ["server_error", "Outage", "503"],
  ["hang", "Hang", "The connection stays open and nothing comes"],
  ["cut", "Cut", "The connection breaks before anything is stored"],
  ["cut_after_accept", "Lost answer", "The message is posted, then the connection breaks"],
  ["slow", "Slow", "Two seconds late"],
  ["archived", "Archived channel", "is_archived, channel_is_archived"],
  ["revoked", "Revoked", "The token or the hook's address is gone"],
  ["missing_scope", "Missing scope", "The bot may not post"],
  ["invalid_blocks", "Bad blocks", "Slack does not like the blocks"],
];

const TARGETS = [
  ["*", "everything"],
  ["/triggers/*", "workflow triggers"],
  ["/api/*", "the bot"],
  ["/services/*", "incoming webhooks"],
];

/** What to do to the next requests, what is set now, and what the last requests were answered. */
export function renderFaults(workspace: Workspace): Html {
  return html`<details id="faults" data-key="faults">
    <summary>Make Slack misbehave <span id="fault-state">${state(workspace)}</span></summary>
    <div class="panel">
      <p>
        <label
          >Do it to
          <select name="on">
            ${TARGETS.map(([on, label]) => html`<option value="${on}">${label}</option>`)}
          </select></label
        >
        <label
          >for
          <select name="times">
            <option value="1">the next request</option>
            <option value="3">the next 3 requests</option>
            <option value="">all requests</option>
          </select></label
        >
      </p>
      <p class="buttons">
        ${BUTTONS.map(([fault, label, title]) => html`<button data-fault="${fault}" title="${title}">${label}</button>`)}
        <button data-delete="/_faults" class="primary">Behave again</button>
      </p>
      <div id="requests">
        ${recent("Last requests", workspace.requests)}
        ${recent("Last things the app was told", workspace.outgoing)}
      </div>
    </div>
  </details>`;
}

function state({ faults }: Workspace): Html {
  return html`${faults.orders.map(({ fault, on, times }) => {
    const [, label = fault] = BUTTONS.find(([name]) => name === fault) ?? [];
    const [, target = on] = TARGETS.find(([path]) => path === on) ?? [];
    return html`<span class="chip"
      >${label}: ${target}${times === undefined ? "" : ` × ${times}`}</span
    >`;
  })}`;
}

function recent(caption: string, requests: SeenRequest[]): Html {
  if (requests.length === 0) return html``;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${requests.slice(-8).toReversed().map(renderRequest)}
    </tbody>
  </table>`;
}

function renderRequest({ at, path, status, error, fault }: SeenRequest): Html {
  const isGood = status === null || (status >= 200 && status < 300 && error === null);
  return html`<tr>
    <td>${new Date(at).toLocaleTimeString("en-GB")}</td>
    <td class="${isGood ? "good" : "bad"}">${status === 0 ? "cut" : (status ?? "…")}</td>
    <td class="path">${path}</td>
    <td>${error ?? ""}${fault === null ? "" : html` <small>on command</small>`}</td>
  </tr>`;
}
