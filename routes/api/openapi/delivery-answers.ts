import * as z from "zod/mini";
import type { DeliveryItem } from "../../../src/operations/events/deliveries.ts";
import type { DeliveryRetried } from "../../../src/operations/failures/retry-delivery.ts";
import type { FailureItem } from "../../../src/operations/failures/failure-item.ts";
import { describing } from "./describing.ts";
import { AttemptAnswer } from "./event-answers.ts";
import { OUTCOME_STATES } from "../../../src/relay/outcome-state.ts";
import { ROLES } from "../../../src/relay/role.ts";
import { Moment, Next, orNull } from "./shapes.ts";

export const DeliveryAnswer = describing<DeliveryItem>()(
  z
    .strictObject({
      id: z.string(),
      event: z.strictObject({
        id: z.string(),
        type: z.string(),
        title: z.nullable(z.string()),
        project: z.nullable(z.string()),
        receivedAt: Moment,
      }),
      destination: z
        .string()
        .check(z.describe("Its name, or `thread`, `ephemeral`, `dm` or `gitlab_issue`.")),
      address: orNull("Where the bot went; null: the destination's document says so."),
      state: z.enum(OUTCOME_STATES),
      reason: z.nullable(z.string()),
      role: z.enum(ROLES),
      mapping: z.nullable(z.string()),
      rule: z.nullable(z.string()),
      createdAt: Moment,
      finishedAt: z.nullable(Moment),
      attempts: z.int().check(z.describe("How many there were.")),
      last: z.nullable(AttemptAnswer),
    })
    .check(z.meta({ id: "Delivery", description: "A message that was or is to be sent." })),
);

const FailureAnswer = describing<FailureItem>()(
  z
    .strictObject({
      kind: z
        .enum(["failed", "paused"])
        .check(z.describe("`failed`: for good. `paused`: they wait, and are sent then.")),
      destination: orNull("Null: the event could not be routed, and the examples are events."),
      alert: z.boolean().check(z.describe("Alerts, which Causeway sends of itself.")),
      code: z.string().check(z.describe("The cause, for programs.")),
      said: z.string(),
      fix: z.string().check(z.describe("What a person does about it.")),
      mend: z
        .enum(["retry", "replay", "none", "wait", "resume"])
        .check(z.describe("What to do once the cause is mended.")),
      retryable: z.boolean().check(z.describe("Whether sending them again helps.")),
      count: z.int(),
      oldest: Moment,
      newest: Moment,
      examples: z.array(z.string()).check(z.describe("A few ids, the newest last.")),
    })
    .check(
      z.meta({ id: "Failure", description: "Deliveries of one destination, stuck for one cause." }),
    ),
);

/** What `GET /failures` answers. */
export const FailuresAnswer = z.strictObject({
  items: z.array(FailureAnswer),
  next: z.null().check(z.describe("There are no pages.")),
  complete: z.boolean().check(z.describe("False: there were more than 20,000 in a namespace.")),
});
export type FailuresAnswer = z.infer<typeof FailuresAnswer>;

const Retried = describing<DeliveryRetried>()(
  z.enum(["retried", "not_found", "already_delivered", "not_a_delivery"]),
);

/** What `POST /deliveries/retry` answers. */
export const RetriedAnswer = z.strictObject({
  retried: z.int(),
  skipped: z.int(),
  items: z.array(z.strictObject({ id: z.string(), result: Retried })),
  next: Next,
});
export type RetriedAnswer = z.infer<typeof RetriedAnswer>;

/** What `POST /deliveries/:id/retry` answers. */
export const RetriedOneAnswer = z.strictObject({ id: z.string(), state: z.literal("pending") });
export type RetriedOneAnswer = z.infer<typeof RetriedOneAnswer>;
