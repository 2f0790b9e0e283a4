import * as z from "zod/mini";
import type { Check } from "../../../src/checks/check.ts";
import { describing } from "./describing.ts";

const Finding = z
  .strictObject({
    severity: z.enum(["error", "warning"]),
    code: z.string(),
    message: z.string().check(z.describe("What is wrong.")),
    fix: z.string().check(z.describe("What to do about it.")),
    destinations: z.exactOptional(
      z.array(z.string()).check(z.describe("Those that it is about, where it is about some.")),
    ),
  })
  .check(z.meta({ id: "Finding", description: "Something that is wrong, and what to do." }));

export const CheckAnswer = describing<Check>()(
  z
    .strictObject({
      name: z.string(),
      ok: z.boolean().check(z.describe("No finding is an error.")),
      findings: z.array(Finding),
      facts: z
        .record(
          z.string(),
          z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
        )
        .check(z.describe("What was seen, by name.")),
    })
    .check(z.meta({ id: "Check", description: "What a look at one thing brought." })),
);
