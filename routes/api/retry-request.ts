import * as z from "zod/mini";
import { MAX_IDS } from "../../src/operations/failures/max-ids.ts";
import { CURSOR } from "./page-query.ts";

function text(max: number) {
  return z
    .string({ error: "expected a text" })
    .check(
      z.minLength(1, { error: "expected a text that is not empty" }),
      z.maxLength(max, { error: `expected at most ${max} characters` }),
    );
}

/** What `POST /admin/api/deliveries/retry` is given: deliveries by id, or which of the failed ones. */
export const RetryRequest = z.strictObject(
  {
    ids: z.optional(
      z
        .array(text(400), { error: "expected a list of ids" })
        .check(
          z.minLength(1, { error: "expected at least one id" }),
          z.maxLength(MAX_IDS, { error: `expected at most ${MAX_IDS} ids` }),
          z.describe("These deliveries; without it, those that failed."),
        ),
    ),
    destination: z.optional(text(500).check(z.describe("Only those for this one."))),
    cause: z.optional(
      text(200).check(z.describe("Only those of this cause, a `code` of `GET /failures`.")),
    ),
    since: z.optional(
      z.iso
        .datetime({ offset: true, error: "expected a time such as 2026-11-22T19:30:00Z" })
        .check(z.describe("Only what failed since then.")),
    ),
    // It holds names of namespaces and destinations.
    cursor: z.optional(text(2_000).check(CURSOR)),
  },
  { error: "expected an object with ids, or with destination, cause, since and cursor" },
);
