import * as z from "zod/mini";
import { orNull } from "./shapes.ts";

const member = {
  state: z.enum(["active", "deactivated", "bot", "not_found", "unknown"]),
  name: z.nullable(z.string()),
  why: orNull("What to know about it; null: nothing."),
};

const retryAfterSeconds = z
  .nullable(z.number())
  .check(z.describe("Ask for the rest after so long; null: these are all."));

const byEmail = { email: z.string(), slack: orNull("The member's id.") };

/** What `POST /people/lookup` answers. */
export const LookupAnswer = z.strictObject({
  items: z.array(z.strictObject({ ...member, ...byEmail })),
  retryAfterSeconds,
});
export type LookupAnswer = z.infer<typeof LookupAnswer>;

/** What `POST /people/check` answers. */
export const PeopleCheckAnswer = z.strictObject({
  items: z.array(z.strictObject({ ...member, slack: z.string() })),
  retryAfterSeconds,
});
export type PeopleCheckAnswer = z.infer<typeof PeopleCheckAnswer>;
