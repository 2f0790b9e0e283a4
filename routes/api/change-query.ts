import * as z from "zod/mini";

/** What one document is published or removed with. */
export const ChangeQuery = z.object({
  by: z.optional(atMost(200).check(z.meta({ description: "Who does it.", examples: ["amina"] }))),
  why: z._default(
    atMost(2_000).check(z.meta({ description: "Why, for those who ask.", examples: ["moved"] })),
    "",
  ),
});

function atMost(max: number) {
  return z.string().check(z.maxLength(max, { error: `expected at most ${max} characters` }));
}
