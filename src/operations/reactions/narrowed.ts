import { occasionInWords } from "./occasion.ts";
import type { Cell, MatrixRow, ReactionMatrix } from "./reaction-matrix.ts";

/**
 * The rows and columns in which something has the words that are looked for: the channel (`named` says
 * what it is called), the emoji, the rule or what it says.
 */
export function narrowed(
  matrix: ReactionMatrix,
  words: string,
  named: (channel: string) => string,
): ReactionMatrix {
  const wanted = words.toLowerCase();
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  const isChannel = ({ channel }: MatrixRow): boolean => has(channel) || has(named(channel));
  const isCell = ({ occasion, answers }: Cell): boolean =>
    has(`${occasionInWords(occasion)} ${occasion.type}`)
      ? answers.length > 0
      : answers.some(({ inherited, rule, text, said, where }) =>
          inherited ? false : has([rule, text ?? said, where].join("\n")),
        );
  const columns = matrix.occasions.map((occasion, index) =>
    has(`${occasionInWords(occasion)} ${occasion.type}`)
      ? true
      : matrix.rows.some((row) =>
          isChannel(row)
            ? (row.cells[index]?.answers.length ?? 0) > 0
            : row.cells[index] !== undefined && isCell(row.cells[index]),
        ),
  );
  return {
    ...matrix,
    occasions: matrix.occasions.filter((_occasion, index) => columns[index]),
    rows: matrix.rows
      .filter((row) => isChannel(row) || row.cells.some(isCell))
      .map((row) => ({ ...row, cells: row.cells.filter((_cell, index) => columns[index]) })),
  };
}
