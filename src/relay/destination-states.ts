import { addressNamed, addressName } from "../mappings/address.ts";
import type { Lanes } from "./lanes.ts";

/** What a Relay knows of the places that it sends to. */
export type DestinationStates = {
  /** Where something was sent before; of what only one person sees, a `*` stands for the person. */
  used: string[];
  /** What is paused, why, and since when (milliseconds). */
  pauses: DestinationPause[];
};

/** What stops a destination in one Relay, and since when (milliseconds). */
export type DestinationPause = {
  destination: string;
  code: string;
  said: string;
  fix: string;
  since: number;
  /** When a message was tried last; null: one is tried now. */
  triedAt: number | null;
};

/** Reads it from the lanes: no event is looked at. */
export function destinationStates(sql: SqlStorage, lanes: Lanes): DestinationStates {
  const names = sql.exec<{ destination: string }>("SELECT destination FROM lanes").toArray();
  return {
    used: [...new Set(names.map(({ destination }) => withoutPerson(destination)))],
    pauses: pausesOf(lanes),
  };
}

/** What is paused, as people are told of it. */
export function pausesOf(lanes: Lanes): DestinationPause[] {
  return lanes.pauses().map(({ destination, pause: { code, said, fix, since }, triedAt }) => ({
    destination,
    code,
    said,
    fix,
    since,
    triedAt,
  }));
}

/** There is a lane for each person that was ever answered, and nobody asks for one person. */
function withoutPerson(name: string): string {
  const address = addressNamed(name);
  return address === null || !("user" in address) ? name : addressName({ ...address, user: "*" });
}
