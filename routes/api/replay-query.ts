import * as z from "zod/mini";
import { MAX_SIGNER } from "../../src/max-signer.ts";

const HOW = ["today", "again", "test"] as const;

/** What `POST /admin/api/events/:id/replay` is asked with. */
export const ReplayQuery = z.object({
  how: z._default(
    z
      .enum(HOW, { error: `expected one of ${HOW.join(", ")}` })
      .check(
        z.describe(
          "`today`: decided anew by today's mappings. `again`: the messages that there were, word for word. `test`: to the one destination `to`, marked as a test.",
        ),
      ),
    "today",
  ),
  to: z.optional(
    z.array(z.string()).check(
      z.meta({
        description: "To this destination only; may be repeated, but for a test.",
        examples: [["licensing"]],
      }),
    ),
  ),
  delivery: z.optional(
    z
      .string()
      .check(
        z.maxLength(500),
        z.describe("Of a test: the delivery whose message is sent as it was."),
      ),
  ),
  by: z.optional(
    z
      .string()
      .check(
        z.maxLength(MAX_SIGNER),
        z.describe(
          "Who asks for it, as the event shows it then; of a test, for the readers of the channel too.",
        ),
      ),
  ),
});
