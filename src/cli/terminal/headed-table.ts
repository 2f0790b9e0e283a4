import { table } from "./table.ts";
import type { Terminal } from "./terminal.ts";

/** A list for people: rows as columns, under a line with the names of the columns. */
export function headedTable(names: string[], rows: string[][], { style }: Terminal): string {
  return table([names.map((name) => style("dim", name.toUpperCase())), ...rows]);
}
