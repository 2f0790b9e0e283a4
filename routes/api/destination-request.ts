import * as z from "zod/mini";
import { MAX_REASON } from "../../src/operations/destinations/max-reason.ts";
import { MAX_SIGNER } from "../../src/max-signer.ts";

const By = z
  .string({ error: "expected who does it" })
  .check(
    z.trim(),
    z.minLength(1, { error: "expected who does it" }),
    z.maxLength(MAX_SIGNER, { error: `expected at most ${MAX_SIGNER} characters` }),
    z.describe("Who does it."),
  );
const Why = z
  .string({ error: "expected why" })
  .check(
    z.trim(),
    z.minLength(1, { error: "expected why" }),
    z.maxLength(MAX_REASON, { error: `expected at most ${MAX_REASON} characters` }),
    z.describe("Why: others will ask."),
  );

/** Who does it, and why: others will ask. */
export const PauseRequest = z.strictObject({ by: By, why: Why }, { error: "expected by and why" });

/** Who does it. */
export const ResumeRequest = z.strictObject({ by: By }, { error: "expected by" });
