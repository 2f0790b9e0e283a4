import type { Event } from "../../event.ts";
import { addressName, addressNamed } from "../../mappings/address.ts";
import type { CompiledMapping, CompiledRule } from "../../mappings/compile-mapping.ts";
import { mappingKeys } from "../../mappings/mapping-keys.ts";
import { matchRules, type Verdict } from "../../mappings/match-rules.ts";
import { fitMessage } from "../../messages/fit-message.ts";
import type { Occasion } from "../../messages/render-delivery.ts";
import { markerOf } from "../../messages/render-issue.ts";
import type { FactFinder } from "../../slack/fact-finder.ts";
import { parseSlackEvent, readSlackEvent } from "../../slack/parse-event.ts";
import type { SlackDetails, SlackMessageFacts } from "../../slack/slack-details.ts";
import type { SlackFacts } from "../../slack/slack-facts.ts";
import { whyUnanswerable } from "../../slack/why-unanswerable.ts";
import { claimsOf, type Claims } from "./answer-claims.ts";
import { answerTarget } from "./answer-target.ts";
import { findAnswer, type Claim } from "./answers.ts";
import {
  applyingMappings,
  peopleOfEvent,
  refreshPeople,
  refreshTargets,
  type Configuration,
} from "../configuration.ts";
import { factsOf, payloadOf, arrivedAt, type EventRow } from "../events.ts";
import { eventId, parseId } from "../ids.ts";
import { hasIssue, issueClaim } from "./made-issues.ts";
import { findOutcome, waitsBefore, type Outcome } from "../outcomes.ts";
import { draft, draftOf, type Draft, type Route } from "../route-event.ts";
import { isUndoneBy, takeBack } from "./take-back.ts";

/** What routing an event of Slack's needs. */
export type SlackContext = {
  sql: SqlStorage;
  relay: string;
  configuration: Configuration;
  finder: FactFinder;
  /** What Causeway says of one of its own messages; null: it is none. */
  whyThisMessage: (message: SlackMessageFacts, channel: string) => Promise<string | null>;
};

/** The emoji that asks why a message came. */
const WHY = "question";

/** An event with everything that its routing goes by. */
type Happening = {
  event: Event;
  details: SlackDetails;
  occasion: Occasion;
  mappings: CompiledMapping[];
  versions: number[];
  /** Asked for again by a person: what was answered before has no say, but for issues. */
  replay: boolean;
  now: number;
};

/**
 * Decides where an event of Slack's goes: to whom it is answered, and whether it was answered before.
 * What Slack leaves out of its events is asked first, once a rule wants one; while Slack cannot be
 * asked the event waits.
 */
export async function routeSlackEvent(
  context: SlackContext,
  row: EventRow,
  now: number,
  replay: boolean,
): Promise<Route> {
  const { sql, relay, configuration } = context;
  const payload = payloadOf(sql, row);
  if (payload === null) {
    const reason = "the body is not a JSON object";
    return { kind: "routed", drafts: [draft(row.key, { state: "unreadable", reason })] };
  }
  const id = eventId(relay, row.key);
  const known = factsOf(sql, row.seq);
  const bare = parseSlackEvent(payload, id, known);
  const keys = mappingKeys("slack", bare.path);
  await configuration.mappings.refresh(keys, now);
  const applying = applyingMappings(configuration, keys);
  if (!applying.usable) {
    return { kind: "waits", reason: applying.reason, subject: bare.subject };
  }
  const mappings = applying.mappings.map(({ value }) => value);
  const versions = applying.mappings.map(({ version }) => version);
  const filtered = (reason: string) => ({
    kind: "routed" as const,
    drafts: [draft(bare.subject, { state: "filtered", reason, versions })],
  });
  const unwanted = mappings.length === 0 ? "no mapping for its channel" : "no rule matched";
  const unanswerable = whyUnanswerable(bare);
  if (unanswerable !== null) return filtered(unanswerable);
  const wanting = mappings.flatMap((mapping) =>
    mapping.rules.filter((rule) => wants(rule, bare)).map((rule) => ({ mapping, rule })),
  );
  if (wanting.length === 0 && !mayAskWhy(bare) && bare.kind !== "shortcut") {
    return filtered(unwanted);
  }

  if (bare.kind === "reaction_removed" && waitsBefore(sql, bare.subject, row.seq)) {
    return { kind: "waits", reason: "an earlier reaction to the message waits", retryMs: 1_000 };
  }
  const repeated = replay ? null : allAnswered(sql, bare, wanting);
  if (repeated !== null) return filtered(repeated);

  const groups = [...new Set(wanting.flatMap(({ rule }) => rule.slack?.groups ?? []))];
  let facts = known;
  if (facts === null || (replay && isLacking(facts, groups))) {
    const reading = readSlackEvent(payload);
    const found = await context.finder.factsFor(reading, payload, groups, arrivedAt(row.seq), now);
    if (!found.ok) {
      const { reason, retryMs } = found;
      return { kind: "waits", reason, retryMs, subject: bare.subject };
    }
    facts = found.facts;
  }
  if (wanting.some(({ rule }) => rule.mentions || rule.slack?.issue != null)) {
    await refreshPeople(configuration, bare, now);
    facts = withGitlabNames(facts, configuration);
  }
  const event = parseSlackEvent(payload, id, facts);
  const { details } = event;
  if (details.of !== "slack" || details.own) return filtered("Causeway did it itself");
  if (isOwnAnswer(context, event)) return filtered("it is on one of Causeway's own answers");
  const occasion = { event, payload, people: peopleOfEvent(configuration, event) };
  const happening = { event, details, occasion, mappings, versions, replay, now };
  let own: Draft | null;
  try {
    own = await ownAnswer(context, happening);
  } catch (error) {
    // It asks another Relay, which a deploy may just be moving.
    const reason = `Causeway could not look it up: ${String(error)}`;
    return { kind: "waits", reason, subject: event.subject, retryMs: 5_000 };
  }
  const drafts = [
    ...takeBack(sql, event, details, mappings, versions, arrivedAt(row.seq)),
    ...(await answers(context, happening, own)),
  ];
  if (drafts.length === 0) return { ...filtered(unwanted), facts };
  return { kind: "routed", drafts: drafts.map((each) => noting(each, facts.unknown)), facts };
}

/** Whether a rule listens to the event, or would take an answer back because of it. */
function wants(rule: CompiledRule, event: Event): boolean {
  return rule.enabled && (rule.on(event.types) || isUndoneBy(rule, event));
}

/**
 * Whether everything that the event could bring was answered before: then Slack need not be asked
 * about it, when a hundred people react. The reason; null: something is open.
 */
function allAnswered(
  sql: SqlStorage,
  event: Event,
  wanting: Pick<Verdict, "mapping" | "rule">[],
): string | null {
  const { details, kind } = event;
  if (details.of !== "slack" || kind !== "reaction" || mayAskWhy(event)) return null;
  let reason: string | null = null;
  for (const { mapping, rule } of wanting) {
    for (const destination of rule.to) {
      reason = givenBefore(sql, claimsOf({ mapping, rule }, destination, event, details, kind));
      if (reason === null) return null;
    }
  }
  return reason;
}

/** Why an answer is not given again; null: it was not given yet. */
function givenBefore(sql: SqlStorage, { often, once }: Claims): string | null {
  const given = often === "never" ? null : findAnswer(sql, once.name);
  if (given === null) return null;
  return `answered already: ${new Date(given.at).toISOString()} (once: ${often})`;
}

/** Whether somebody reacts to an answer beside a message: it would only be said again below it. */
function isOwnAnswer({ sql, relay }: SlackContext, event: Event): boolean {
  const { details, kind } = event;
  if (details.of !== "slack" || kind !== "reaction" || mayAskWhy(event)) return false;
  const notice = parseId(details.message?.notice ?? "");
  if (notice === null || notice.n === null || notice.relay !== relay) return false;
  const outcome = findOutcome(sql, notice.key, notice.n);
  return outcome !== null && addressNamed(outcome.destination) !== null;
}

/** Whether the event may be somebody asking about one of Causeway's messages. */
function mayAskWhy({ kind, details }: Event): boolean {
  if (details.of !== "slack" || kind !== "reaction" || details.emoji !== WHY) return false;
  return details.message !== null && details.message.byPerson !== true;
}

async function answers(
  context: SlackContext,
  happening: Happening,
  own: Draft | null,
): Promise<Draft[]> {
  const { event, details, occasion, mappings, versions, now } = happening;
  const matches = matchRules(event, occasion.payload, mappings).flatMap((verdict) =>
    verdict.destinations.map((destination) => ({ verdict, destination })),
  );
  const wanted = matches.filter(({ destination }) => own === null || destination !== "ephemeral");
  await refreshTargets(
    context.configuration,
    wanted.map(({ destination }) => destination),
    now,
  );
  const drafts = wanted.map(({ verdict, destination }) =>
    answer(context, happening, verdict, destination),
  );
  if (own !== null) return [own, ...drafts];
  if (drafts.length > 0 || event.kind !== "shortcut") return drafts;
  const text = `Nothing in this channel answers the shortcut. Whoever keeps Causeway's rules can add one with \`on: ${event.type}\` to \`mapping/slack/${details.channel?.id ?? ""}\`.`;
  return [said(happening, "no rule for this shortcut", text, versions)];
}

/** What Causeway answers by itself: why one of its messages came. */
async function ownAnswer(context: SlackContext, happening: Happening): Promise<Draft | null> {
  const { event, details, versions } = happening;
  if (!mayAskWhy(event) || details.message === null || details.channel === null) return null;
  const text = await context.whyThisMessage(details.message, details.channel.id);
  return text === null ? null : said(happening, "Why this message?", text, versions);
}

function said(
  { event, details }: Happening,
  rule: string,
  text: string,
  versions: number[],
): Draft {
  const [channel, user] = [details.channel?.id ?? "", event.actor?.id ?? ""];
  return draft(event.subject, {
    state: "pending",
    destination: addressName({ type: "ephemeral", channel, user }),
    rule,
    versions,
    content: {
      kind: "message",
      ...fitMessage({ text, blocks: null }),
      ...(details.message?.isReply === true ? { thread: details.message.root } : {}),
      about: details.message?.permalink ?? null,
    },
  });
}

/** One rule's answer at one destination, unless it was given before. */
function answer(
  context: SlackContext,
  happening: Happening,
  verdict: Verdict,
  destination: string,
): Draft {
  const { event, details, occasion, versions, replay, now } = happening;
  const { rule, mapping } = verdict;
  const target = answerTarget(destination, rule, event, details);
  const filtered = (reason: string, at = destination): Draft =>
    draft(event.subject, {
      state: "filtered",
      destination: at,
      mapping: mapping.key,
      rule: rule.name,
      versions,
      reason,
    });
  if (target === null) return filtered("there is no message or person that it could be for");
  const claims = claimsOf(verdict, destination, event, details, event.kind);
  const before = replay ? null : givenBefore(context.sql, claims);
  if (before !== null) return filtered(before, target);
  const quietMs = rule.slack?.cooldownMs ?? null;
  const last = replay || quietMs === null ? null : findAnswer(context.sql, claims.cooldown.name);
  if (last !== null && quietMs !== null && last.at + quietMs > now) {
    const at = new Date(last.at).toISOString();
    return filtered(`keeps quiet for a while: answered ${at} (cooldown)`, target);
  }
  const made = [claims.once, ...(quietMs === null ? [] : [claims.cooldown])];
  const drafted = draftOf(verdict, target, occasion, versions, context.configuration);
  if (destination !== "gitlab_issue" || details.message === null)
    return { ...drafted, claims: made };
  const marker = markerOf(details.channel?.id ?? "", details.message.ts);
  return issueDraft(context, happening, marker, { ...drafted, claims: made });
}

/**
 * Whether a delivery that is to make an issue gives way to one for another project, because the rule
 * was corrected: it still waits, and GitLab has refused whatever was tried.
 */
function mayGiveWay({ state, destination, attempts }: Outcome, other: string): boolean {
  const wasRefused = attempts.every(({ status }) => status !== null && status < 500);
  return state === "pending" && destination !== other && wasRefused;
}

/** An issue is made once of a message, whichever rule or shortcut asks for it. */
function issueDraft(
  { sql }: SlackContext,
  { event, details }: Happening,
  marker: string,
  drafted: Draft,
): Draft {
  const name = issueClaim(marker);
  const claim: Claim = { name, by: event.actor?.id ?? "" };
  if (drafted.state === "shadow") return drafted;
  const given = findAnswer(sql, name);
  if (given === null) return { ...drafted, claims: [...(drafted.claims ?? []), claim] };
  if (!hasIssue(sql, marker)) {
    const maker = findOutcome(sql, given.key, given.n);
    if (maker !== null && mayGiveWay(maker, drafted.destination)) {
      return { ...drafted, claims: [...(drafted.claims ?? []), claim], replaces: maker };
    }
    const pending = maker?.state === "pending";
    const reason = pending ? "its issue is about to be made" : "its issue was made before";
    return { ...drafted, state: "filtered", reason };
  }
  const [channel, user] = [details.channel?.id ?? "", event.actor?.id ?? ""];
  // Only who asks again needs to be told; the thread has the answer already.
  const destination = addressName({ type: "ephemeral", channel, user });
  return { ...drafted, destination, content: null };
}

/** Whether Slack may know more by now, or is to be asked for more. */
function isLacking({ unknown, groups: asked }: SlackFacts, groups: string[]): boolean {
  return unknown.length > 0 || groups.some((group) => !Object.hasOwn(asked, group));
}

function withGitlabNames(facts: SlackFacts, { peopleIndex }: Configuration): SlackFacts {
  const people = Object.entries(facts.people).map(
    ([id, member]) => [id, { ...member, gitlab: peopleIndex.gitlabOf(id) }] as const,
  );
  return { ...facts, people: Object.fromEntries(people) };
}

/** The record says what Slack would not tell, where there is nothing more important to say. */
function noting(each: Draft, unknown: string[]): Draft {
  if (each.reason !== null || unknown.length === 0) return each;
  const lacksScope = unknown.some((said) => said.includes("missing_scope"));
  const fix = "Paste slack-app-manifest.yaml into the app's settings and install it again.";
  return { ...each, reason: [...unknown, ...(lacksScope ? [fix] : [])].join(" ") };
}
