import * as z from "zod/mini";
import { MAX_WHY } from "../../src/publishing/publish.ts";
import { MAX_SIGNER } from "../../src/max-signer.ts";

/** What one document is published or removed with. */
export const ChangeQuery = z.object({
  by: z.optional(
    atMost(MAX_SIGNER).check(z.meta({ description: "Who does it.", examples: ["amina"] })),
  ),
  why: z._default(
    atMost(MAX_WHY).check(z.meta({ description: "Why, for those who ask.", examples: ["moved"] })),
    "",
  ),
});

function atMost(max: number) {
  return z.string().check(z.maxLength(max, { error: `expected at most ${max} characters` }));
}
