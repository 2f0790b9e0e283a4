import { addressNamed } from "../mappings/address.ts";
import type { Source } from "../mappings/mapping-keys.ts";
import { targetOf, type Configuration } from "./configuration.ts";
import { arrivedAt, findEvent, readEvent } from "./events.ts";
import { eventId } from "./ids.ts";
import type { Outcome } from "./outcomes.ts";
import { sourceOf } from "./relay-name.ts";

/** How a delivery came about: what a channel's member may know of it. */
export type Explained = {
  source: Source;
  event: {
    id: string;
    types: string[];
    /** The path whose mappings applied; of Slack's events the channel. */
    path: string | null;
    /** Null when it is confidential. */
    title: string | null;
    url: string | null;
    confidential: boolean;
    /** When it happened at its source, in milliseconds; null: not known. */
    happenedAt: number | null;
    receivedAt: number;
  };
  destination: string;
  /** The channel that it went to; null where only Slack knows. */
  channel: string | null;
  rule: string | null;
  mapping: { key: string; since: number; changedBy: string | null } | null;
  attempts: number;
  deliveredAt: number | null;
};

/** Puts together how a delivery came about; null when its event is not stored any more. */
export function explainDelivery(
  sql: SqlStorage,
  relay: string,
  configuration: Configuration,
  outcome: Outcome,
): Explained | null {
  const row = findEvent(sql, outcome.seq);
  const read = row === null ? null : readEvent(sql, relay, row);
  if (row === null || read === null) return null;
  const { event } = read;
  const happenedAt = Date.parse(event.at ?? "");
  const target = targetOf(configuration, outcome.destination);
  const { mapping } = outcome;
  const history =
    mapping === null ? null : configuration.mappings.history(outcome.versions, mapping);
  return {
    source: sourceOf(relay),
    event: {
      id: eventId(relay, row.key),
      types: event.types,
      path: event.path,
      title: event.confidential ? null : event.title,
      url: event.confidential ? null : event.url,
      confidential: event.confidential,
      happenedAt: Number.isNaN(happenedAt) ? null : happenedAt,
      receivedAt: arrivedAt(row.seq),
    },
    destination: addressNamed(outcome.destination)?.type ?? outcome.destination,
    channel:
      outcome.posted?.channel ??
      (target.state === "found" && "channel" in target.value
        ? (target.value.channel ?? null)
        : null),
    rule: outcome.rule,
    mapping: mapping === null || history === null ? null : { key: mapping, ...history },
    attempts: outcome.attempts.length,
    deliveredAt: outcome.state === "delivered" ? outcome.finishedAt : null,
  };
}
