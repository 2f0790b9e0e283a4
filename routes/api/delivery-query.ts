import * as z from "zod/mini";

const STATES = ["pending", "delivered", "failed", "filtered", "shadow"];
const ROLES = ["rule", "replay", "alert"];
const PAGE = { error: "expected a whole number from 1 to 200" };
const Name = z.string().check(z.maxLength(500, { error: "expected at most 500 characters" }));

/** What `GET /admin/api/deliveries` is asked with. */
export const DeliveryQuery = z.object({
  state: z.optional(z.enum(STATES, { error: `expected one of ${STATES.join(", ")}` })),
  destination: z.optional(Name),
  project: z.optional(z.string()),
  role: z.optional(z.enum(ROLES, { error: `expected one of ${ROLES.join(", ")}` })),
  limit: z._default(
    z.coerce.number(PAGE).check(z.int(PAGE), z.minimum(1, PAGE), z.maximum(200, PAGE)),
    50,
  ),
  cursor: z.optional(
    z.string().check(z.regex(/^\d{1,16}$/, { error: 'expected the "next" of an earlier answer' })),
  ),
});
