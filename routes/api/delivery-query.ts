import * as z from "zod/mini";
import { LARGEST_PAGE } from "../../src/operations/largest-page.ts";
import { DELIVERY_STATES } from "../../src/relay/outcome-state.ts";
import { ROLES } from "../../src/relay/role.ts";
import { CURSOR, limitOf } from "./page-query.ts";

const Name = z.string().check(z.maxLength(500, { error: "expected at most 500 characters" }));

/** What `GET /admin/api/deliveries` is asked with. */
export const DeliveryQuery = z.object({
  state: z.optional(
    z
      .enum(DELIVERY_STATES, { error: `expected one of ${DELIVERY_STATES.join(", ")}` })
      .check(z.describe("What became of it.")),
  ),
  destination: z.optional(
    Name.check(
      z.meta({
        description: "Its destination; `thread` and its like are all addresses of that kind.",
        examples: ["licensing"],
      }),
    ),
  ),
  project: z.optional(
    z.string().check(
      z.meta({
        description: "The path of its event, with everything below it.",
        examples: ["gitlab-com/support"],
      }),
    ),
  ),
  role: z.optional(
    z
      .enum(ROLES, { error: `expected one of ${ROLES.join(", ")}` })
      .check(z.describe("What it was made for.")),
  ),
  limit: limitOf(LARGEST_PAGE, 50),
  cursor: z.optional(
    z
      .string()
      .check(z.regex(/^\d{1,16}$/, { error: 'expected the "next" of an earlier answer' }), CURSOR),
  ),
});
