import { stripVTControlCharacters } from "node:util";

/** Rows as columns of equal width; the last column is not filled up. Colours take no room. */
export function table(rows: string[][], gap = "  "): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    }
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1
            ? cell
            : cell + " ".repeat((widths[column] ?? 0) - widthOf(cell)),
        )
        .join(gap)
        .trimEnd(),
    )
    .join("\n");
}

function widthOf(cell: string): number {
  return Array.from(stripVTControlCharacters(cell)).length;
}
