import type { Context } from "hono";
import * as z from "zod/mini";
import { channelInWords } from "../../src/console/slack-names/channel-name.tsx";
import { ChannelContent } from "../../src/console/reactions/channel-content.tsx";
import {
  ReactionsContent,
  type ReactionsProps,
} from "../../src/console/reactions/reactions-content.tsx";
import { channelsNamed } from "../../src/operations/slack-names/channels-named.ts";
import { cellIn } from "../../src/operations/reactions/cell-in.ts";
import { narrowed } from "../../src/operations/reactions/narrowed.ts";
import { readReactions } from "../../src/operations/reactions/read-reactions.ts";
import { foldType } from "../../src/mappings/slack-terms.ts";
import { channelMeant } from "../../src/operations/reactions/channel-meant.ts";
import { occasionOf } from "../../src/operations/reactions/occasion.ts";
import { cellHref, channelHref } from "../../src/console/reactions/cell-href.ts";
import {
  askChannelNames,
  knownChannelNames,
} from "../../src/operations/slack-names/channel-names.ts";
import type { Env } from "../../src/env.ts";
import { slackOf } from "./slack-of.ts";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { show } from "./show.tsx";
import { isEditor } from "./is-editor.ts";
import type { ReactionMatrix } from "../../src/operations/reactions/reaction-matrix.ts";
import { channelsIn } from "../../src/operations/reactions/channels-in.ts";
import { showCell } from "./show-cell.tsx";
import { Word } from "./word.ts";

const word = z._default(Word, "");

const Asked = z.object({ q: word, channel: word, emoji: word, on: word, shown: word });

/** `/admin/reactions`: what is answered in Slack, channel by channel and emoji by emoji. */
export const reactions = createAdmin().get("/reactions", async (c) => {
  const asked = Asked.safeParse(c.req.query());
  if (!asked.success) return c.redirect("/admin/reactions", 303);
  const { q, channel, emoji, on, shown } = asked.data;
  const { matrix, problem } = await readReactions(c.env);
  if (channel === "") return await showMatrix(c, matrix, { problem, words: q, refused: null });
  const meant = await channelAsked(c.env, channel, channelsIn(matrix));
  if (meant === null) {
    return await showMatrix(c, matrix, { problem, words: q, refused: { channel, emoji } });
  }
  const type = on !== "" ? foldType(on) : emoji !== "" ? foldType(`reaction.${emoji}`) : null;
  if (meant !== channel) {
    // The address has the id: a channel may get another name.
    const address = type === null ? channelHref(meant) : cellHref(meant, occasionOf(type));
    return c.redirect(address, 303);
  }
  if (type !== null) return await showCell(c, matrix, channel, type, null, shown !== "");
  return await showChannel(c, matrix, channel);
});

async function showMatrix(
  c: Context<AdminEnv>,
  matrix: ReactionMatrix,
  { words, ...said }: Pick<ReactionsProps, "problem" | "words" | "refused">,
): Promise<Response> {
  const { names, unknown } = channelsNamed(c.env, channelsIn(matrix), Date.now());
  const found =
    words === "" ? matrix : narrowed(matrix, words, (each) => channelInWords(each, names));
  return await show(
    c,
    {
      title: "Reactions",
      about: "What Causeway answers in Slack when somebody reacts, joins or uses a shortcut.",
      place: "reactions",
      status: said.refused === null ? 200 : 422,
    },
    <ReactionsContent
      matrix={found}
      {...{ names, unknown, words }}
      mayEdit={isEditor(c)}
      {...said}
    />,
  );
}

async function showChannel(
  c: Context<AdminEnv>,
  matrix: ReactionMatrix,
  channel: string,
): Promise<Response> {
  const now = Date.now();
  const { names } = channelsNamed(c.env, channelsIn(matrix), now);
  const row = matrix.rows.find((each) => each.channel === channel);
  const last = row === undefined ? null : { by: row.by, at: row.at };
  const cells =
    row?.cells ?? matrix.occasions.map((each) => cellIn(matrix, channel, each.type).cell);
  return await show(
    c,
    { title: `Reactions in ${channelInWords(channel, names)}`, place: "reactions" },
    <ChannelContent {...{ channel, cells, last, names, now }} mayEdit={isEditor(c)} />,
  );
}

/** The channel that somebody means by an id or a name; null: none that this page shows. */
async function channelAsked(env: Env, said: string, ids: string[]): Promise<string | null> {
  const known = channelMeant(said, knownChannelNames(ids, Date.now()));
  const slack = known === null ? slackOf(env) : null;
  if (slack === null) return known;
  // The page may have been told the names elsewhere.
  return channelMeant(said, (await askChannelNames(slack, ids, Date.now)).names);
}
