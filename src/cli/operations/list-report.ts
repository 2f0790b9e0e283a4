import type { Context } from "../context.ts";
import { headedTable } from "../terminal/headed-table.ts";
import type { Report } from "../verb.ts";
import { nothingMatches } from "./nothing-matches.ts";

/** How a list is shown: its columns, what stands in them, and what an empty one says. */
type ListLook<T> = {
  head: string[];
  row: (item: T) => string[];
  /** The options that narrowed it. */
  asked: Record<string, string | undefined>;
  /** What it says when nothing narrowed it. */
  nothingAtAll: string;
};

/** What a verb that lists reports; that `limit` cut the list is noted. */
export function listReport<T>(
  { terminal }: Context,
  { items, more }: { items: T[]; more: boolean },
  limit: number,
  { head, row, asked, nothingAtAll }: ListLook<T>,
): Report {
  if (more) terminal.note(`There are more than ${limit}: --limit shows more.`);
  return {
    json: { items, more },
    text:
      items.length === 0
        ? nothingMatches(asked, nothingAtAll)
        : headedTable(head, items.map(row), terminal),
  };
}
