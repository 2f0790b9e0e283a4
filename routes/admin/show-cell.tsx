import type { Context } from "hono";
import { CellContent } from "../../src/console/reactions/cell-content.tsx";
import { CellEditor } from "../../src/console/reactions/cell-editor.tsx";
import { channelInWords } from "../../src/console/slack-names/channel-name.tsx";
import { CellShown } from "../../src/console/reactions/cell-shown.tsx";
import type { Draft } from "../../src/console/reactions/draft.ts";
import { knownChannelNames } from "../../src/operations/slack-names/channel-names.ts";
import { cellIn } from "../../src/operations/reactions/cell-in.ts";
import { occasionInWords } from "../../src/operations/reactions/occasion.ts";
import type { ReactionMatrix } from "../../src/operations/reactions/reaction-matrix.ts";
import type { AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { show } from "./show.tsx";
import { isEditor } from "./is-editor.ts";
import { channelsIn } from "../../src/operations/reactions/channels-in.ts";

/** A cell as a page; or for htmx as a part of one: open, or `closed` as the matrix shows it. */
export async function showCell(
  c: Context<AdminEnv>,
  matrix: ReactionMatrix,
  channel: string,
  type: string,
  draft: Draft | null,
  closed: boolean,
  done = "",
): Promise<Response> {
  const now = Date.now();
  const { cell, freeName } = cellIn(matrix, channel, type);
  const names = knownChannelNames([...channelsIn(matrix), channel], now);
  const mayEdit = isEditor(c);
  if (isHtmx(c) && closed) {
    return await c.html(<CellShown {...{ channel, cell, names, mayEdit, done }} wasOpen />);
  }
  const editor = <CellEditor {...{ channel, cell, names, mayEdit, freeName, draft, now }} />;
  const wasRefused = draft !== null && (draft.theirs !== null || draft.problems.length > 0);
  const status = draft?.theirs != null ? 409 : wasRefused ? 422 : 200;
  if (isHtmx(c)) return await c.html(editor, status);
  const title = `${occasionInWords(cell.occasion)} in ${channelInWords(channel, names)}`;
  return await show(
    c,
    { title, place: "reactions", status },
    <CellContent channel={channel}>{editor}</CellContent>,
  );
}
