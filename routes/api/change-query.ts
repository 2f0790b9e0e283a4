import * as z from "zod/mini";

/** What one document is published or removed with; whether it can be, says the publisher. */
export const ChangeQuery = z.object({
  by: z.optional(z.string().check(z.meta({ description: "Who does it.", examples: ["amina"] }))),
  why: z._default(
    z.string().check(z.meta({ description: "Why, for those who ask.", examples: ["moved"] })),
    "",
  ),
});
