import * as z from "zod/mini";

/** What a list of at most `max` items is asked with; without a limit there are `usual` ones. */
export function pageQuery(max: number, usual: number) {
  const error = `expected a whole number from 1 to ${max}`;
  return z.object({
    limit: z._default(
      z.coerce
        .number({ error })
        .check(z.int({ error }), z.minimum(1, { error }), z.maximum(max, { error })),
      usual,
    ),
    cursor: z.optional(z.string().check(z.maxLength(1_000))),
    key: z.optional(z.string()),
  });
}
