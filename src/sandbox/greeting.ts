import type { Ports } from "./ports.ts";

/** What `npm start` says once everything answers: where to look, and what to try. */
export function greeting({ worker, slack }: Ports): string {
  const isUsual = worker === 8787 && slack === 8788;
  const flags = isUsual ? "" : ` --port ${worker} --slack-port ${slack}`;
  const hooks = isUsual
    ? `; "npx causeway hooks list acme/widgets" asks it, without a token of yours`
    : "";
  return `Causeway is running. What Slack would show: http://127.0.0.1:${slack}
Send it a GitLab event, from a second terminal: npm run sample -- issue.open${flags}
Why it posted, and the rules: http://127.0.0.1:${worker}/admin (sign in with the ADMIN_TOKEN, or to look only with the VIEWER_TOKEN: grep _TOKEN .dev.vars)
Then point at a message on the page, react to it, and see the answer appear.
"Make Slack misbehave", on the page, shows what happens when Slack is slow or refuses.
GitLab's API is stood in for, too: it has no page${hooks}.
Stop it: Ctrl+C
`;
}
