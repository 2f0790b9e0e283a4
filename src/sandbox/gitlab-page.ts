import { html } from "hono/html";

import type { GitlabIssue } from "./gitlab-issues.ts";
import type { Html } from "../slack-look/render-mrkdwn.ts";

/** What a page of an issue may do: show itself. `nonce` is that of its style. */
export function pagePolicy(nonce: string): string {
  return (
    `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  );
}

/** An issue for a person who followed its link. What came from Slack is shown as text, as it was sent. */
export function renderIssue(issue: GitlabIssue, nonce: string): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${issue.title} (#${issue.iid})</title>
        <link rel="icon" href="data:," />
        <style nonce="${nonce}">
          :root {
            color-scheme: light dark;
          }
          body {
            max-width: 46rem;
            margin: 2rem auto;
            padding: 0 1rem;
            font:
              16px/1.5 system-ui,
              sans-serif;
            overflow-wrap: anywhere;
          }
          pre {
            font: inherit;
            white-space: pre-wrap;
          }
          li {
            display: inline-block;
            margin-right: 0.5rem;
            padding: 0 0.6rem;
            border: 1px solid;
            border-radius: 1rem;
          }
          ul {
            padding: 0;
          }
        </style>
      </head>
      <body>
        <p>${issue.project}#${issue.iid} · opened ${issue.createdAt}</p>
        <h1>${issue.title}</h1>
        ${issue.confidential ? html`<p><strong>Confidential</strong></p>` : ""}
        <ul aria-label="Labels">
          ${issue.labels.map((label) => html`<li>${label}</li>`)}
        </ul>
        <pre>${issue.description}</pre>
        <hr />
        <p><small>A stand-in for GitLab: this issue exists on this machine only.</small></p>
      </body>
    </html>`;
}
