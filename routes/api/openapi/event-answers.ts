import * as z from "zod/mini";
import type { Json } from "../../../src/json.ts";
import type { EventItem } from "../../../src/operations/events/events.ts";
import type { Attempt, Content } from "../../../src/relay/outcomes.ts";
import { EVENT_STATES } from "../../../src/relay/event-state.ts";
import { OUTCOME_STATES } from "../../../src/relay/outcome-state.ts";
import { ROLES } from "../../../src/relay/role.ts";
import type { Replay } from "../../../src/relay/routing.ts";
import type { ShownEvent } from "../../../src/relay/show-event.ts";
import { describing } from "./describing.ts";
import { Moment, orNull } from "./shapes.ts";

const listed = {
  id: z.string(),
  type: z.string().check(z.meta({ examples: ["issue.open"] })),
  types: z.array(z.string()).check(z.describe("All types that rules may name it by.")),
  state: z.enum(EVENT_STATES),
  reason: orNull("Why nothing came of it, or what went wrong; null: nothing did."),
  receivedAt: Moment,
  project: orNull(
    "The path of the project or group, or a Slack channel's id; null: it names none.",
  ),
  title: z.nullable(z.string()),
};

export const EventAnswer = describing<EventItem>()(
  z
    .strictObject(listed)
    .check(z.meta({ id: "EventItem", description: "An event, as lists show it." })),
);

/** One attempt to send, of which `at` is ISO 8601. */
export const AttemptAnswer = describing<Omit<Attempt, "at"> & { at: string }>()(
  z
    .strictObject({
      at: Moment,
      status: z.nullable(z.int()).check(z.describe("Of HTTP; null: there was no answer.")),
      answer: z.string().check(z.describe("What Slack said, or what is missing to send it.")),
      sent: z.exactOptional(
        z.literal(false).check(z.describe("It was not sent: something is missing for that.")),
      ),
    })
    .check(z.meta({ id: "Attempt", description: "One attempt to send a message." })),
);

const Issue = z.strictObject({
  project: z.string(),
  title: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  confidential: z.boolean(),
  marker: z.string(),
});

const ContentAnswer = describing<Content>()(
  z
    .union([
      z.strictObject({
        kind: z.literal("workflow"),
        variables: z.record(z.string(), z.string()),
      }),
      z.strictObject({
        kind: z.literal("message"),
        text: z.string(),
        blocks: z.nullable(z.array(z.looseObject({ type: z.string() }))),
        thread: z.exactOptional(orNull("The message on whose thread it hangs.")),
        about: z.exactOptional(orNull("The address of the message that it is about.")),
      }),
      z.strictObject({ kind: z.literal("issue"), draft: Issue, answerIn: z.string() }),
      z.strictObject({ kind: z.literal("alert"), text: z.string() }),
      z.strictObject({
        kind: z.literal("undo"),
        of: z.strictObject({ key: z.string(), n: z.number() }),
      }),
    ])
    .check(z.meta({ id: "Content", description: "What is to be sent, by its `kind`." })),
);

const ShownDelivery = z
  .strictObject({
    id: z.string(),
    destination: z
      .string()
      .check(z.describe("Its name, or `thread`, `ephemeral`, `dm` or `gitlab_issue`.")),
    address: orNull("Where the bot went; null: the destination's document says so."),
    role: z.enum(ROLES),
    at: Moment,
    askedBy: orNull("Who asked for it, of a replay or a test; null: nobody, or it is not known."),
    state: z.enum(OUTCOME_STATES),
    reason: z.nullable(z.string()),
    mapping: z.nullable(z.string()),
    rule: z.nullable(z.string()),
    posted: z
      .nullable(z.strictObject({ channel: z.string(), ts: z.string() }))
      .check(z.describe("The message in Slack, where it can be found again.")),
    content: z.nullable(ContentAnswer),
    attempts: z.array(AttemptAnswer),
  })
  .check(z.meta({ id: "EventDelivery", description: "A delivery, as its event shows it." }));

const RuleVerdict = z
  .strictObject({
    mapping: z.string(),
    rule: z.string(),
    matched: z.boolean(),
    why: z.string().check(z.describe("The first condition that was false.")),
  })
  .check(
    z.meta({ id: "RuleVerdict", description: "What a rule, as it was then, made of an event." }),
  );

export const ShownEventAnswer = describing<ShownEvent>()(
  z
    .strictObject({
      ...listed,
      url: orNull("Its address in GitLab."),
      confidential: z.boolean(),
      large: z.boolean().check(z.describe("So large that rules see only its outline.")),
      bytes: z.int(),
      payload: z
        .custom<Json>()
        .check(z.describe("The body, without e-mail addresses, tokens, secrets and passwords.")),
      rules: z.array(RuleVerdict).check(z.describe("What the rules said when it came.")),
      nowhere: orNull("Why those rules sent it nowhere; null: they sent it somewhere."),
      replays: z
        .array(
          z.strictObject({
            at: Moment,
            by: orNull("Who asked for it; null: not known."),
            rules: z.array(RuleVerdict),
          }),
        )
        .check(z.describe("What other rules said when it was replayed.")),
      deliveries: z.array(ShownDelivery),
    })
    .check(z.meta({ id: "Event", description: "One event, with everything that became of it." })),
);

export const ReplayAnswer = describing<Replay>()(
  z.strictObject({
    deliveries: z.array(z.string()).check(z.describe("The ids of the new deliveries.")),
    reason: orNull("Why there are none, or which were left out; null: nothing was."),
  }),
);
