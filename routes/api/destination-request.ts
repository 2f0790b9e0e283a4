import * as z from "zod/mini";

const By = z
  .string({ error: "expected who does it" })
  .check(
    z.trim(),
    z.minLength(1, { error: "expected who does it" }),
    z.maxLength(200, { error: "expected at most 200 characters" }),
    z.describe("Who does it."),
  );
const Why = z
  .string({ error: "expected why" })
  .check(
    z.trim(),
    z.minLength(1, { error: "expected why" }),
    z.maxLength(500, { error: "expected at most 500 characters" }),
    z.describe("Why: others will ask."),
  );

/** Who does it, and why: others will ask. */
export const PauseRequest = z.strictObject({ by: By, why: Why }, { error: "expected by and why" });

/** Who does it. */
export const ResumeRequest = z.strictObject({ by: By }, { error: "expected by" });
