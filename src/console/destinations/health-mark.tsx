import { destinationKey } from "../../mappings/destination-key.ts";
import type { Health } from "../../operations/destinations/destination-health.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";
import { Moment } from "../moment.tsx";
import { newDocumentAt } from "../publish/document-link.tsx";
import { StateMark } from "../state-mark.tsx";

/** How a destination is, in a word or two. */
export function HealthMark({ health }: { health: Health }) {
  switch (health.is) {
    case "ok":
      return <StateMark tone="good">ok</StateMark>;
    case "unused":
      return <StateMark tone="off">never used</StateMark>;
    case "missing":
      return <StateMark tone="bad">missing</StateMark>;
    case "unusable":
      return <StateMark tone="bad">cannot be used</StateMark>;
    case "paused":
      return <StateMark tone="waiting">paused</StateMark>;
  }
}

/** Why it is not well, since when, and what helps; nothing where all is well. */
export function WhyNotWell({ name, health, now }: { name: string; health: Health; now: number }) {
  switch (health.is) {
    case "ok":
    case "unused":
      return null;
    case "missing":
      return (
        <p class="small">
          There is no <code>destination/{name}</code>: what is to go there waits.{" "}
          <a href={newDocumentAt("destination", destinationKey(name))}>Publish it</a>, or correct
          the name in the rule.
        </p>
      );
    case "unusable":
      return <p class="small">{health.problem}</p>;
    case "paused": {
      const { said, since, code, fix, relays, triedAt } = health;
      const isPersons = code === PAUSED_BY_PERSON;
      return (
        <p class="small">
          {said} (since <Moment at={since} now={now} />
          {isPersons ? "" : onlyFor(relays)}).{isPersons ? "" : ` ${fix}`}
          {isPersons ? null : triedAt === null ? (
            <> A message is tried now.</>
          ) : (
            <>
              {" "}
              Last tried <Moment at={triedAt} now={now} />.
            </>
          )}
        </p>
      );
    }
  }
}

/** Slack stops one namespace at a time. */
function onlyFor(relays: string[]): string {
  return relays.length === 1 ? `, for ${relays[0]}` : "";
}
