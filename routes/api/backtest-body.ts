import * as z from "zod/mini";
import { CURSOR } from "./page-query.ts";

const PAGE = { error: "expected a whole number from 1 to 100" };
const SINCE = { error: "expected a moment such as 2026-03-01T00:00:00Z" };

/** What `POST /admin/api/backtests` is asked with. */
export const BacktestBody = z.object({
  documents: z
    .array(
      z.object({ key: z.string(), text: z.string() }, { error: "expected a key and a text" }),
      { error: "expected a list of documents, each with a key and a text" },
    )
    .check(z.describe("The draft: all documents that are to count, whatever is published.")),
  since: z.string(SINCE).check(
    z.refine((at) => !Number.isNaN(Date.parse(at)), SINCE),
    z.describe("Over the events since then."),
  ),
  cursor: z.nullish(
    z
      .string()
      .check(
        z.regex(/^[\w-]{1,400}\.\d{1,16}$/, { error: 'expected the "next" of an earlier answer' }),
        CURSOR,
      ),
  ),
  limit: z._default(
    z
      .number(PAGE)
      .check(
        z.int(PAGE),
        z.minimum(1, PAGE),
        z.maximum(100, PAGE),
        z.describe("How many events at most."),
      ),
    50,
  ),
});

export type BacktestBody = z.infer<typeof BacktestBody>;
