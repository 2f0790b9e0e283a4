import * as z from "zod/mini";
import type { BacktestPage } from "../../../src/operations/backtest/backtest-page.ts";
import type { BacktestItem } from "../../../src/simulation/with-exposures.ts";
import { describing } from "./describing.ts";
import { OUTCOME_STATES } from "../../../src/relay/outcome-state.ts";
import { ROLES } from "../../../src/relay/role.ts";
import { Moment, Next, orNull } from "./shapes.ts";

const Would = z.strictObject({
  destination: z.string(),
  mapping: z.string(),
  rule: z.string(),
  state: z
    .enum(["pending", "shadow", "filtered"])
    .check(z.describe("`pending`: it would be sent.")),
  shadow: z.boolean(),
  reason: orNull("Why it would not be sent, or what is wrong with it."),
  faulty: z.boolean().check(z.describe("Whether the reason is something to put right.")),
  exposure: z
    .enum(["new", "opened", "moved", "same"])
    .check(
      z.describe(
        "Whether the destination is `new`, `opened` to confidential events, `moved` to another address, or the `same` as the live one.",
      ),
    ),
});

const Did = z.strictObject({
  destination: z.string(),
  mapping: z.nullable(z.string()),
  rule: z.nullable(z.string()),
  state: z.enum(OUTCOME_STATES),
  reason: z.nullable(z.string()),
  role: z.enum(ROLES),
});

const Item = describing<BacktestItem>()(
  z
    .strictObject({
      id: z.string(),
      at: Moment,
      type: z.string(),
      title: z.nullable(z.string()),
      project: z.nullable(z.string()),
      confidential: z.boolean(),
      state: z
        .enum(["routed", "undecided", "failed", "unreadable"])
        .check(z.describe("`routed`: what would be and what was can be compared.")),
      reason: orNull("Why nothing would come of it; null: something would."),
      problem: orNull("Why the draft cannot be run on it."),
      would: z.array(Would).check(z.describe("What the draft would send.")),
      did: z.array(Did).check(z.describe("What was made of it.")),
    })
    .check(
      z.meta({ id: "BacktestItem", description: "An event, and what a draft would make of it." }),
    ),
);

export const BacktestAnswer = describing<BacktestPage>()(
  z.strictObject({
    items: z.array(Item),
    next: Next,
    progress: z.number().check(z.describe("How far that is, from 0 to 1.")),
    retentionDays: z.int(),
    storedSince: Moment,
  }),
);
