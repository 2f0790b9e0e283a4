import * as z from "zod/mini";
import type { ProblemItem } from "../../../src/operations/overview/problems.ts";
import type { Sums } from "../../../src/relay/ledger.ts";
import { describing } from "./describing.ts";
import { Moment } from "./shapes.ts";

const namespace = z
  .string()
  .check(
    z.describe(
      "A top-level group or user of GitLab; `-`: events without a path; `slack/<team id>`: what happened in Slack.",
    ),
  );

const sums = {
  received: z.int().check(z.describe("The sum of the columns `delivered` to `unreadable`.")),
  delivered: z.int(),
  filtered: z.int(),
  duplicate: z.int(),
  pending: z.int(),
  failed: z.int(),
  unreadable: z.int(),
  deliveries: z
    .strictObject({
      delivered: z.int(),
      filtered: z.int(),
      pending: z.int(),
      failed: z.int(),
      inDoubt: z.int().check(z.describe("Sends whose answer was lost.")),
    })
    .check(z.describe("Messages, replays and alerts included.")),
};

const SumsAnswer = describing<Sums>()(
  z.strictObject(sums).check(z.meta({ id: "Sums", description: "An account of every request." })),
);

/** What `GET /ledger` answers. */
export const LedgerAnswer = z.strictObject({
  namespaces: z.array(z.strictObject({ namespace, ...sums })),
  total: SumsAnswer,
});
export type LedgerAnswer = z.infer<typeof LedgerAnswer>;

const Problem = describing<ProblemItem>()(
  z
    .strictObject({
      namespace,
      documents: z
        .array(
          z.strictObject({
            key: z.string(),
            problem: z.string(),
            using: z.string(),
            since: Moment,
          }),
        )
        .check(z.describe("Documents that cannot be used.")),
      pauses: z
        .array(
          z.strictObject({
            destination: z.string(),
            code: z.string(),
            said: z.string(),
            fix: z.string(),
            since: Moment,
          }),
        )
        .check(z.describe("Destinations that nothing is sent to.")),
      waiting: z
        .array(z.strictObject({ events: z.int(), reason: z.string(), since: Moment }))
        .check(z.describe("Events that cannot be decided yet, by what they wait for.")),
    })
    .check(z.meta({ id: "Problem", description: "What a person should look at." })),
);

/** What `GET /problems` answers. */
export const ProblemsAnswer = z.strictObject({ items: z.array(Problem) });
export type ProblemsAnswer = z.infer<typeof ProblemsAnswer>;
