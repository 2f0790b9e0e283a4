import { Hono } from "hono";
import * as z from "zod";

import { withoutSecret } from "./misbehave.ts";
import type { SlackEnv } from "./slack-env.ts";
import type { Trigger, Workspace } from "./workspace.ts";

/** "Flattened with stringified values" (slackapi/slack-github-action, docs/sending-data-webhook-slack-workflow.md). */
const Variables = z.record(z.string(), z.string());

/**
 * Workflow Builder's webhook triggers: `/triggers/<team>/<id>/<secret>`, and the four segments of the legacy builder.
 * Slack documents the request and "ok"; what it says to a wrong one is not documented, only that it is a 4xx.
 */
export function triggers(workspace: Workspace): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();

  app.post("/triggers/:team/:id/:secret", (c) => start(c.req.path, c.req.raw));
  app.post("/workflows/:team/:app/:id/:secret", (c) => start(c.req.path, c.req.raw));
  return app;

  async function start(path: string, request: Request): Promise<Response> {
    const trigger = workspace.triggers.find((each) => each.path === path);
    if (trigger === undefined) return no(404, "trigger_not_found");
    const variables = Variables.safeParse(await request.json().catch(() => null));
    if (!variables.success) return no(400, "invalid_input");
    if (workspace.channel(trigger.channel)?.isArchived === true) return Response.json({ ok: true });
    workspace.post({
      via: "workflow",
      path: withoutSecret(path),
      channel: trigger.channel,
      poster: trigger.workflow,
      text: fill(trigger, variables.data),
      variables: variables.data,
      template: trigger.template,
      notes: notesOn(trigger, variables.data),
    });
    return Response.json({ ok: true });
  }
}

/** The message the workflow's step posts: each variable goes in as text. */
function fill({ template }: Trigger, variables: Record<string, string>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => variables[name] ?? "");
}

/** Reports differ on whether Slack fails on these, so the stand-in posts and says what it noticed. */
function notesOn(trigger: Trigger, variables: Record<string, string>): string[] {
  const sent = Object.keys(variables);
  const missing = trigger.variables.filter((name) => !sent.includes(name));
  const undeclared = sent.filter((name) => !trigger.variables.includes(name));
  return [
    ...missing.map((name) => `The workflow declares "${name}", which was not sent.`),
    ...undeclared.map((name) => `"${name}" was sent, which the workflow does not declare.`),
  ];
}

function no(status: number, error: string): Response {
  return Response.json({ ok: false, error }, { status });
}
