import type { Event } from "../../event.ts";
import type { Verdict } from "../../mappings/match-rules.ts";
import type { Once } from "../../mappings/schema.ts";
import { onceFor } from "../../mappings/slack-terms.ts";
import type { SlackDetails } from "../../slack/slack-details.ts";
import type { Claim } from "./answers.ts";

/** What a rule's answer to an event is remembered by: for `once`, and for its cooldown. */
export type Claims = { often: Once; once: Claim; cooldown: Claim };

/** The claims of one rule's answer at one destination; `kind`: of the event that calls for it. */
export function claimsOf(
  { mapping, rule }: Pick<Verdict, "mapping" | "rule">,
  destination: string,
  { actor }: Pick<Event, "actor">,
  details: SlackDetails,
  kind: string,
): Claims {
  const user = actor?.id ?? null;
  const [channel, ts] = [details.channel?.id ?? "", details.message?.ts ?? ""];
  const personal = destination === "ephemeral" || destination === "dm";
  // What a rule in shadow mode would have answered it has not answered when it is live.
  const of = JSON.stringify([
    mapping.key,
    rule.name,
    destination,
    ...(rule.shadow ? ["shadow"] : []),
  ]);
  const by = `${user ?? ""} ${details.emoji ?? ""}`;
  const often = rule.slack === null ? "never" : onceFor(rule.slack, destination, kind);
  const about: Record<Once, string> = {
    message: `${channel} ${ts}`,
    user: `${channel} ${ts} ${user ?? ""}`,
    never: `${channel} ${ts} ${user ?? ""} ${details.emoji ?? ""}`,
  };
  return {
    often,
    once: { name: `${often} ${of} ${about[often]}`, by },
    cooldown: { name: `cooldown ${of} ${channel} ${personal ? (user ?? "") : ""}`, by },
  };
}
