import { Hono } from "hono";
import * as z from "zod";

import { jsonOnly } from "./json-only.ts";
import type { People } from "./people.ts";
import type { SlackEnv } from "./slack-env.ts";
import { EMOJI_NAME } from "./web-api-methods.ts";
import type { Message, Workspace } from "./workspace.ts";

const NO_MESSAGE = "the channel has no such message";
const COMMAND = /^\/causeway(?:\s+|$)/;

/** The page's hands: `POST /_people/react` and so on. Nobody waits for the app; what it answers appears by itself. */
export function peopleApi(workspace: Workspace, people: People): Hono<SlackEnv> {
  const app = new Hono<SlackEnv>();
  const here = {
    user: z
      .string()
      .refine((user) => workspace.member(user)?.isDeleted === false, "nobody here has this id"),
    channel: z
      .string()
      .refine((channel) => workspace.channel(channel) !== undefined, "no channel has this id"),
  };
  const emoji = z.string().regex(EMOJI_NAME, "expected a name such as eyes, without colons");
  const text = z.string().trim().min(1).max(4000);
  const ts = z.string();
  const isThere = (given: { channel: string; ts: string }) => find(given) !== undefined;

  on("say", z.strictObject({ ...here, text, threadTs: ts.optional() }), (given) =>
    COMMAND.test(given.text)
      ? people.command(given.user, given.channel, given.text.replace(COMMAND, ""))
      : people.say(given.user, given.channel, escape(given.text), given.threadTs),
  );
  const Reaction = z.strictObject({ ...here, ts, emoji }).refine(isThere, NO_MESSAGE);
  on("react", Reaction, (given) => people.react(given.user, message(given), given.emoji));
  on("unreact", Reaction, (given) => people.unreact(given.user, message(given), given.emoji));
  const Shortcut = z
    .strictObject({ ...here, ts, callbackId: z.string() })
    .refine(isThere, NO_MESSAGE);
  on("shortcut", Shortcut, (given) =>
    people.useShortcut(given.user, message(given), given.callbackId),
  );
  on("join", z.strictObject(here), ({ user, channel }) => people.join(user, channel));
  on("leave", z.strictObject(here), ({ user, channel }) => people.leave(user, channel));
  return app;

  function on<T>(act: string, schema: z.ZodType<T>, perform: (given: T) => unknown): void {
    app.post(`/_people/${act}`, jsonOnly, async (c) => {
      const given = schema.safeParse(await c.req.json().catch(() => null));
      if (!given.success) return c.json({ error: z.prettifyError(given.error) }, 400);
      perform(given.data);
      return c.body(null, 204);
    });
  }

  function find({ channel, ts: at }: { channel: string; ts: string }): Message | undefined {
    return workspace.message(workspace.channel(channel)?.id ?? "", at);
  }

  function message(given: { channel: string; ts: string }): Message {
    const found = find(given);
    if (found === undefined) throw new Error(`The message ${given.ts} is gone.`);
    return found;
  }
}

/** "Formatting message text": what a person types has its three control characters as entities. */
function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
