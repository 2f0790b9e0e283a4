import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Event } from "../../src/event.ts";
import { defaultMessage, type Style } from "../../src/messages/default-message.ts";
import { fitMessage } from "../../src/messages/fit-message.ts";
import { screenshot } from "./screenshot.ts";

/** A picture of the gallery: what it shows, and the examples in it. */
type Picture = { title: string; file: string; says: string; examples: string[]; style?: Style };

/** The pictures, in the order of the page. */
export const PICTURES: Picture[] = [
  {
    title: "Issues",
    file: "issues",
    says: "A card when one is opened, with the beginning of its description; a line for the rest.",
    examples: [
      "issue.open",
      "issue.labeled",
      "issue.assigned",
      "issue.due_date_changed",
      "issue.update-several",
      "issue.made_confidential",
      "issue.close",
    ],
  },
  {
    title: "Incidents, epics, tasks",
    file: "work-items",
    says: "Called what they are.",
    examples: ["incident.open", "epic.open", "work_item.open-task", "work_item.close-objective"],
  },
  {
    title: "Merge requests",
    file: "merge-requests",
    says: "Who asks whom for a review, what was pushed, what is approved and merged. Bots are named as bots.",
    examples: [
      "merge_request.open",
      "merge_request.open-bot-author",
      "merge_request.ready",
      "merge_request.review_requested",
      "merge_request.pushed",
      "merge_request.approvals_reset",
      "merge_request.approved",
      "merge_request.merge",
    ],
  },
  {
    title: "Comments",
    file: "comments",
    says: "Quoted, with GitLab's Markdown in Slack's; a long one is cut, with a link to the rest where there is one.",
    examples: ["note.create-issue", "note.create-merge_request", "note.create-commit"],
  },
  {
    title: "Pipelines and jobs",
    file: "pipelines",
    says: "The jobs that failed, linked; those that passed when they were retried are left out. Whether it is news: broken and fixed.",
    examples: [
      "pipeline.broken",
      "pipeline.failed-merge-request",
      "pipeline.success-warnings",
      "pipeline.fixed",
      "job.failed",
    ],
  },
  {
    title: "Pushes and tags",
    file: "pushes",
    says: "The newest commits, and a link to all of them.",
    examples: [
      "push.update",
      "push.update-25-commits",
      "push.create",
      "push.delete",
      "tag_push.create",
    ],
  },
  {
    title: "Deployments",
    file: "deployments",
    says: "What goes where, and who let it.",
    examples: [
      "deployment.running",
      "deployment.blocked",
      "deployment.approved",
      "deployment.success-production",
      "deployment.failed",
    ],
  },
  {
    title: "Releases, milestones, wiki, feature flags, reactions",
    file: "project",
    says: "GitLab does not say who released something or closed a milestone.",
    examples: [
      "release.create",
      "milestone.close",
      "wiki_page.update",
      "feature_flag.on",
      "emoji.award",
    ],
  },
  {
    title: "Security",
    file: "security",
    says: "Vulnerabilities, and tokens before they expire.",
    examples: ["vulnerability.detected", "access_token.expiring", "deploy_token.expiring"],
  },
  {
    title: "People, groups, projects",
    file: "people",
    says: "From group hooks, and from the system hooks of a self-managed GitLab.",
    examples: [
      "member.add",
      "member.access_request",
      "subgroup.create",
      "project.transfer",
      "user.failed_login",
    ],
  },
  {
    title: "`style: compact`",
    file: "compact",
    says: "A line each, without what somebody wrote, for channels where much goes on.",
    style: "compact",
    examples: [
      "issue.open",
      "merge_request.open",
      "note.create-issue",
      "pipeline.broken",
      "push.update",
      "release.create",
    ],
  },
];

/** docs/messages.md and its pictures: default messages as a channel member sees them. */
export async function writeMessagesPage(events: Map<string, Event>, docs: string): Promise<void> {
  const folder = join(docs, "images/messages");
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  });
  try {
    for (const { file, examples, style } of PICTURES) {
      const messages = examples.map((name) =>
        fitMessage(defaultMessage(named(events, name), style)),
      );
      writeFileSync(join(folder, `${file}.png`), await screenshot(browser, messages, "light"));
    }
  } finally {
    await browser.close();
  }
  writeFileSync(join(docs, "messages.md"), messagesPage());
}

function named(events: Map<string, Event>, name: string): Event {
  const event = events.get(name);
  if (event === undefined) throw new Error(`there is no example ${name}`);
  return event;
}

/** The text of docs/messages.md. */
export function messagesPage(): string {
  const pictures = PICTURES.map(
    ({ title, file, says, examples }) =>
      `## ${title}\n\n${says}\n\n<img src="images/messages/${file}.png" alt="${alt(title)}" width="760">\n\n${examples
        .map((name) => `\`${name.replace(/-.*$/, "")}\``)
        .join(" · ")}`,
  );
  return `${[INTRODUCTION, ...pictures].join("\n\n")}\n`;
}

function alt(title: string): string {
  return `Messages in a Slack channel: ${title.replaceAll("`", "").toLowerCase()}`;
}

const INTRODUCTION = `# Default messages

<!-- Made by \`npm run docs\` from the webhook bodies in test/fixtures/gitlab. -->

What a channel reads when a rule has no \`message\`: what happened in the first words, the subject linked, where it was, and
the facts that matter. The pictures show the page of the local Slack stand-in; below each stand the
[types](events.md) of its events, in order. A rule's own words are in [mappings](mappings.md#what-is-said).

- Nothing that somebody writes in GitLab can notify anyone, pretend to lead elsewhere or format what is around it: stars, tildes,
  underscores and backticks in names and titles are shown by characters that look the same.
- Of descriptions and comments up to 500 characters or 6 lines are quoted, with a link to the rest where there is one.
- A confidential event says so, and only goes to destinations with \`confidential: true\`.
- The values of pipeline variables are never shown.`;
