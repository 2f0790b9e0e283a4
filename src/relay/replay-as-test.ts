import type { Target } from "../mappings/address.ts";
import { renderDelivery, type Occasion } from "../messages/render-delivery.ts";
import { asTest } from "../messages/test-message.ts";
import type { OutgoingContent } from "../slack/answer.ts";
import { whyUnanswerable } from "../slack/why-unanswerable.ts";
import { peopleOfEvent, refreshTargets, targetOf, type Configuration } from "./configuration.ts";
import { mayBeTold } from "./decide-delivery.ts";
import { readEvent, type EventRow } from "./events.ts";
import { outcomesOf } from "./outcomes.ts";
import { draft, type Draft } from "./route-event.ts";
import { todaysRules } from "./todays-rules.ts";

/**
 * A test: to which destination, and who asks for it. `n` is the delivery whose message is sent as it was;
 * null: what today's rules say.
 */
export type TestOrder = { to: string; n: number | null; by: string };

/** The messages of a test, or why there are none. */
type Tests = { drafts: Draft[] } | { reason: string };

/**
 * What is sent when somebody wants to see an event's messages in a channel of their own: each once, and
 * marked. Nothing is stored or sent here.
 */
export async function testsOf(
  sql: SqlStorage,
  relay: string,
  configuration: Configuration,
  row: EventRow,
  order: TestOrder,
): Promise<Tests> {
  const read = readEvent(sql, relay, row);
  if (read === null) return { reason: "its body is not a JSON object" };
  const { event, payload } = read;
  const { to, by, n } = order;
  const now = Date.now();
  configuration.destinations.expire();
  await refreshTargets(configuration, [to], now);
  const target = targetOf(configuration, to);
  if (target.state !== "found") return { reason: `there is no destination "${to}" to be used` };
  if (target.value.type !== "channel" && target.value.type !== "webhook") {
    return { reason: `"${to}" is no channel: a workflow could not mark the message as a test` };
  }
  if (event.confidential && !mayBeTold(target.value)) {
    return {
      reason: `it is confidential, and "${to}" is not told such things ("confidential: true")`,
    };
  }
  const drafted = (content: OutgoingContent, known: Partial<Draft>): Draft[] =>
    content.kind !== "message"
      ? []
      : [
          draft(event.subject, {
            ...known,
            state: "pending",
            destination: to,
            confidential: event.confidential,
            content: asTest(content, by),
          }),
        ];
  if (n !== null) {
    const sent = outcomesOf(sql, row.key).find((outcome) => outcome.n === n);
    if (sent?.content?.kind !== "message") return { reason: "that delivery has no message" };
    const { mapping, rule, versions } = sent;
    return { drafts: drafted(sent.content, { mapping, rule, versions }) };
  }
  const unanswerable = whyUnanswerable(event);
  if (unanswerable !== null) return { reason: unanswerable };
  const today = await todaysRules(configuration, read, now);
  if (!today.usable) return { reason: today.reason };
  const people = peopleOfEvent(configuration, event);
  const occasion: Occasion = { event, payload, people };
  const drafts = today.verdicts
    .filter(({ destinations }) => destinations.length > 0)
    .flatMap(({ rule, mapping, problem }) => {
      const { outgoing } = renderDelivery(occasion, rule, target.value satisfies Target, problem);
      const known = { mapping: mapping.key, rule: rule.name, versions: today.versions };
      return drafted(outgoing, known);
    });
  return drafts.length === 0
    ? { reason: "no rule sends it anywhere today" }
    : { drafts: eachOnce(drafts) };
}

/** Rules that say the same to different destinations say it once here. */
function eachOnce(drafts: Draft[]): Draft[] {
  return [...new Map(drafts.map((each) => [JSON.stringify(each.content), each])).values()];
}
