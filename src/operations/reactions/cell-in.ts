import type { ChannelAnswers } from "./channel-answers.ts";
import { occasionInWords, occasionOf } from "./occasion.ts";
import { cellsOf, EVERY_CHANNEL, type Cell, type ReactionMatrix } from "./reaction-matrix.ts";

/** A cell of the matrix, also where it has no row or column. */
export type FoundCell = {
  cell: Cell;
  /** A name for a new rule there, which no rule of the channel has. */
  freeName: string;
};

const NOTHING: ChannelAnswers = { ok: true, inherits: true, answers: [] };

/** What happens in a channel on an occasion, given as an event type under its one name. */
export function cellIn(matrix: ReactionMatrix, channel: string, type: string): FoundCell {
  const occasion = occasionOf(type);
  const rowOf = (wanted: string) => matrix.rows.find((row) => row.channel === wanted)?.reading;
  const own = rowOf(channel) ?? NOTHING;
  const taken = own.ok ? own.answers.map(({ rule }) => rule) : [];
  const name = occasionInWords(occasion).slice(0, 180);
  let freeName = name;
  for (let n = 2; taken.includes(freeName); n += 1) freeName = `${name} (${n})`;
  const [cell] = cellsOf([occasion], own, rowOf(EVERY_CHANNEL));
  return { cell: cell ?? { occasion, answers: [] }, freeName };
}
