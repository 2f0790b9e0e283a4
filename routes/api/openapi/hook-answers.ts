import * as z from "zod/mini";

/** What `POST /hook-tokens` answers. */
export const HookTokenAnswer = z.strictObject({
  path: z.string(),
  url: z.string().check(z.describe("The address for the webhook.")),
  token: z.string().check(z.describe("The webhook's secret token, which no other hook has.")),
  secrets: z.int().check(z.describe("How many master secrets are good at the moment.")),
});
export type HookTokenAnswer = z.infer<typeof HookTokenAnswer>;
