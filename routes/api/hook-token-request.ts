import * as z from "zod/mini";

/** The body of `POST /admin/api/hook-tokens`. */
export const HookTokenRequest = z.object({
  path: z
    .string()
    .check(z.meta({ description: "Of the group or project.", examples: ["my-group/my-project"] })),
});
