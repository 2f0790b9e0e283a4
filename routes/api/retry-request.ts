import * as z from "zod/mini";

function text(max: number) {
  return z
    .string({ error: "expected a text" })
    .check(
      z.minLength(1, { error: "expected a text that is not empty" }),
      z.maxLength(max, { error: `expected at most ${max} characters` }),
    );
}

/** Where a bulk retry goes on: in which Relay, behind which place. */
export const RetryCursor = z.object({
  relay: z.string(),
  after: z.nullable(z.object({ destination: z.string(), seq: z.number(), n: z.number() })),
});

export type RetryCursor = z.infer<typeof RetryCursor>;

/** What `POST /admin/api/deliveries/retry` is given: deliveries by id, or which of the failed ones. */
export const RetryRequest = z.strictObject(
  {
    ids: z.optional(
      z
        .array(text(400), { error: "expected a list of ids" })
        .check(
          z.minLength(1, { error: "expected at least one id" }),
          z.maxLength(100, { error: "expected at most 100 ids" }),
        ),
    ),
    destination: z.optional(text(500)),
    cause: z.optional(text(200)),
    since: z.optional(
      z.iso.datetime({ offset: true, error: "expected a time such as 2026-11-22T19:30:00Z" }),
    ),
    // It holds names of namespaces and destinations.
    cursor: z.optional(text(2_000)),
  },
  { error: "expected an object with ids, or with destination, cause, since and cursor" },
);
