import * as z from "zod/mini";
import { LARGEST_PAGE } from "../../src/operations/largest-page.ts";

/** Where a list goes on. */
export const CURSOR = z.describe("The `next` of an earlier answer.");

/** What `GET /admin/api/documents` is asked with. */
export const DocumentsQuery = z.object(pageOf(500, 200));

/** What `GET /admin/api/publishes` is asked with. */
export const PublishesQuery = z.object({
  ...pageOf(LARGEST_PAGE, 50),
  key: z.optional(
    z
      .string()
      .check(
        z.meta({ description: "Only those of this document.", examples: ["destination/support"] }),
      ),
  ),
});

/** How many items of a list are asked for: at most `max`, and without a word `usual` ones. */
export function limitOf(max: number, usual: number) {
  const error = `expected a whole number from 1 to ${max}`;
  return z._default(
    z.coerce
      .number({ error })
      .check(
        z.int({ error }),
        z.minimum(1, { error }),
        z.maximum(max, { error }),
        z.describe("How many at most."),
      ),
    usual,
  );
}

function pageOf(max: number, usual: number) {
  return {
    limit: limitOf(max, usual),
    cursor: z.optional(z.string().check(z.maxLength(1_000), CURSOR)),
  };
}
