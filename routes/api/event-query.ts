import * as z from "zod/mini";

const STATES = ["pending", "delivered", "filtered", "failed", "unreadable"];

const Words = z.string().check(z.maxLength(200, { error: "expected at most 200 characters" }));
const PAGE = { error: "expected a whole number from 1 to 200" };

/** What `GET /admin/api/events` is asked with. */
export const EventQuery = z.object({
  project: z.optional(z.string()),
  type: z.optional(Words),
  state: z.optional(z.enum(STATES, { error: `expected one of ${STATES.join(", ")}` })),
  text: z.optional(Words),
  about: z.optional(z.string().check(z.maxLength(2_000))),
  limit: z._default(
    z.coerce.number(PAGE).check(z.int(PAGE), z.minimum(1, PAGE), z.maximum(200, PAGE)),
    50,
  ),
  cursor: z.optional(
    z.string().check(z.regex(/^\d{1,16}$/, { error: 'expected the "next" of an earlier answer' })),
  ),
});
