import { addressNamed, isReservedDestination } from "../../mappings/address.ts";
import { concerns } from "../../publishing/concerns.ts";
import type { DestinationPause, DestinationStates } from "../../relay/destination-states.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";

/** Whether messages can go somewhere. */
export type Health =
  | { is: "ok" }
  /** Nothing was ever sent there. */
  | { is: "unused" }
  /** A rule names it, and there is no such document. */
  | { is: "missing" }
  | { is: "unusable"; problem: string }
  /** Since when in milliseconds; `relays`: where, by name. */
  | ({ is: "paused"; relays: string[] } & DestinationPause);

/** What health is worked out from. */
export type Surroundings = {
  /** The problem of each published destination by its name; null: it can be used. */
  problems: Map<string, string | null>;
  /** What each Relay says of the places that it sends to. */
  relays: (DestinationStates & { relay: string })[];
  /** Everything that any of them was sent to. */
  used: Set<string>;
};

/** Puts together what {@link healthOf} goes by. */
export function surroundings(
  problems: Surroundings["problems"],
  relays: Surroundings["relays"],
): Surroundings {
  return { problems, relays, used: new Set(relays.flatMap(({ used }) => used)) };
}

/** How a destination is, for the rules of a mapping; null: wherever it is used. */
export function healthOf(around: Surroundings, name: string, key: string | null): Health {
  const problem = around.problems.get(name);
  if (problem === undefined && addressNamed(name) === null) return { is: "missing" };
  if (problem != null) return { is: "unusable", problem };
  const paused = pausedAt(around, key, (place) => place === name);
  return paused ?? { is: around.used.has(name) ? "ok" : "unused" };
}

/**
 * How it is with what stands for the bot in the rules of a channel (`*`: of all): its threads, those who
 * are answered there, the project that issues are made in.
 */
function answersHealth(
  around: Surroundings,
  reserved: string,
  channel: string,
  project: string | null,
): Health {
  const isMeant = (place: string): boolean => {
    const address = addressNamed(place);
    if (address?.type !== reserved) return false;
    if ("channel" in address) return channel === "*" || address.channel === channel;
    return address.type !== "gitlab_issue" || address.project === project;
  };
  const paused = pausedAt(around, null, isMeant);
  return paused ?? { is: [...around.used].some(isMeant) ? "ok" : "unused" };
}

/** How the places are that a rule's `to` stands for. */
export function healthOfTo(
  around: Surroundings,
  to: string,
  rule: { key: string; place: string; project: string | null },
): Health {
  return isReservedDestination(to)
    ? answersHealth(around, to, rule.place, rule.project)
    : healthOf(around, to, rule.key);
}

function pausedAt(
  { relays }: Surroundings,
  key: string | null,
  isMeant: (place: string) => boolean,
): Health | null {
  const found = relays.flatMap(({ relay, pauses }) =>
    pauses
      .filter(
        ({ destination, code }) =>
          isMeant(destination) &&
          (key === null || code === PAUSED_BY_PERSON || concerns(relay, key)),
      )
      .map((pause) => ({ relay, pause })),
  );
  // A person's pause is the one that only a person ends.
  const first = found.find(({ pause }) => pause.code === PAUSED_BY_PERSON) ?? found[0];
  if (first === undefined) return null;
  const since = Math.min(...found.map(({ pause }) => pause.since));
  return { is: "paused", ...first.pause, since, relays: found.map(({ relay }) => relay) };
}
