import * as z from "zod/mini";
import { channelInWords } from "../../src/console/slack-names/channel-name.tsx";
import { ChannelContent } from "../../src/console/reactions/channel-content.tsx";
import { ReactionsContent } from "../../src/console/reactions/reactions-content.tsx";
import { channelsNamed } from "../../src/operations/slack-names/channels-named.ts";
import { cellIn } from "../../src/operations/reactions/cell-in.ts";
import { narrowed } from "../../src/operations/reactions/narrowed.ts";
import { readReactions } from "../../src/operations/reactions/read-reactions.ts";
import { foldType } from "../../src/mappings/slack-terms.ts";
import { createAdmin } from "./create-admin.ts";
import { show } from "./show.tsx";
import { isEditor } from "./is-editor.ts";
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
  const type = on !== "" ? foldType(on) : emoji !== "" ? foldType(`reaction.${emoji}`) : null;
  if (channel !== "" && type !== null) {
    return await showCell(c, matrix, channel, type, null, shown !== "");
  }
  const now = Date.now();
  const { names, unknown } = channelsNamed(c.env, channelsIn(matrix), now);
  const mayEdit = isEditor(c);
  if (channel !== "") {
    const row = matrix.rows.find((each) => each.channel === channel);
    const last = row === undefined ? null : { by: row.by, at: row.at };
    const cells =
      row?.cells ?? matrix.occasions.map((each) => cellIn(matrix, channel, each.type).cell);
    const title = `Reactions in ${channelInWords(channel, names)}`;
    return await show(
      c,
      { title, place: "reactions" },
      <ChannelContent {...{ channel, cells, last, names, mayEdit, now }} />,
    );
  }
  const found = q === "" ? matrix : narrowed(matrix, q, (each) => channelInWords(each, names));
  const about = "What Causeway answers in Slack when somebody reacts, joins or uses a shortcut.";
  return await show(
    c,
    { title: "Reactions", about, place: "reactions" },
    <ReactionsContent {...{ matrix: found, names, unknown, mayEdit, words: q, problem }} />,
  );
});
