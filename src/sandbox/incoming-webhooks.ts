import { Hono } from "hono";

import { checkBlocks } from "./check-blocks.ts";
import { readArguments, textOf } from "./read-arguments.ts";
import { MAX_TEXT } from "./read-content.ts";
import { withoutSecret } from "./misbehave.ts";
import type { SlackEnv } from "./slack-env.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Incoming webhooks: 200 `ok`, or a plain-text error with a status that says something
 * (docs.slack.dev, "Sending messages using incoming webhooks").
 */
export function incomingWebhooks(workspace: Workspace): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();

  app.post("/:team/:id/:secret", async (c) => {
    const webhook = workspace.webhooks.find(({ path }) => path === c.req.path);
    if (webhook === undefined) return c.text("no_service", 404);
    const channel = workspace.channel(webhook.channel);
    if (channel === undefined) return c.text("channel_not_found", 404);
    if (channel.isArchived) return c.text("channel_is_archived", 410);

    const body = await readArguments(c.req.raw);
    if (body === undefined) return c.text("invalid_payload", 400);
    const blocks = body["blocks"] ?? [];
    if (checkBlocks(blocks).length > 0 || !Array.isArray(blocks))
      return c.text("invalid_payload", 400);
    const text = textOf(body, "text");
    if (text === "" && blocks.length === 0) return c.text("no_text", 400);
    const attachments = body["attachments"];
    if (Array.isArray(attachments) && attachments.length > 100)
      return c.text("too_many_attachments", 400);

    workspace.post({
      via: "webhook",
      path: withoutSecret(c.req.path),
      channel: channel.id,
      poster: "Incoming webhook",
      text: text.slice(0, MAX_TEXT),
      blocks,
      threadTs: textOf(body, "thread_ts") || null,
    });
    return c.text("ok");
  });
  return app;
}
