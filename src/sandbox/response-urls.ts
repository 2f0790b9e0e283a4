import { Hono } from "hono";

import { randomId } from "./app-requests.ts";
import { withoutSecret } from "./misbehave.ts";
import { readArguments, textOf } from "./read-arguments.ts";
import { readContent } from "./read-content.ts";
import type { SlackEnv } from "./slack-env.ts";
import { BOT, TEAM } from "./support-team.ts";
import type { Message, Workspace } from "./workspace.ts";

/** "Handling user interaction": "up to 5 times within 30 minutes". */
const MAX_USES = 5;
const LIFETIME_MS = 30 * 60_000;

export type ResponseUrls = {
  /** A new `response_url`, by which the app answers this person in this channel. */
  open: (kind: "app" | "commands", channel: string, user: string) => string;
  routes: Hono<SlackEnv>;
};

type Open = { channel: string; user: string; until: number; uses: number; last?: Message };

/** The addresses to which the app answers a shortcut or a command, as often and as long as Slack lets it. */
export function createResponseUrls(workspace: Workspace, origin: string): ResponseUrls {
  const opened = new Map<string, Open>();
  const routes = new Hono<SlackEnv>();

  routes.post("/:kind{app|commands}/:team/:id/:secret", async (c) => {
    const url = opened.get(c.req.path);
    // The words of both errors are those that Slack answers; no page lists them.
    if (url === undefined || !(workspace.now() < url.until))
      return c.json({ ok: false, error: "expired_url" }, 404);
    if (url.uses >= MAX_USES) return c.json({ ok: false, error: "used_url" }, 404);

    const body = await readArguments(c.req.raw);
    if (body === undefined) return c.json({ ok: false, error: "invalid_payload" }, 400);
    if (body["delete_original"] === true && url.last !== undefined) {
      url.uses += 1;
      workspace.remove(url.last);
      delete url.last;
      return c.json({ ok: true });
    }
    const content = readContent(body);
    if ("ok" in content) return c.json(content, 400);
    url.uses += 1;
    if (body["replace_original"] === true && url.last !== undefined) {
      workspace.update(url.last, content);
    } else {
      url.last = workspace.post({
        via: "bot",
        path: withoutSecret(c.req.path),
        channel: url.channel,
        poster: BOT.name,
        user: BOT.user,
        threadTs: textOf(body, "thread_ts") || null,
        onlyFor: body["response_type"] === "in_channel" ? null : url.user,
        ...content,
      });
    }
    return c.json({ ok: true });
  });

  return {
    routes,
    open(kind, channel, user) {
      const path = `/${kind}/${TEAM.id}/${Number.parseInt(randomId(), 16)}/${randomId()}${randomId()}`;
      opened.set(path, { channel, user, until: workspace.now() + LIFETIME_MS, uses: 0 });
      return origin + path;
    },
  };
}
