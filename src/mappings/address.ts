import type { Destination } from "./schema.ts";

/** Destinations that stand for the bot when Slack is the source of the event. */
export const RESERVED = ["thread", "ephemeral", "dm", "gitlab_issue"];

type ReservedDestination = Address["type"];

/** Whom the bot answers, or where: each is a destination of its own, with its own pace and pauses. */
export type Address =
  | { type: "thread"; channel: string }
  | { type: "ephemeral"; channel: string; user: string }
  | { type: "dm"; user: string }
  | { type: "gitlab_issue"; project: string };

/** Where a delivery goes: a destination that operations named, or the bot's own address. */
export type Target = Destination | Address;

export function isReservedDestination(name: string): name is ReservedDestination {
  return RESERVED.includes(name);
}

/** The name of an address as deliveries and lanes carry it: `thread:C0123456789`. */
export function addressName(address: Address): string {
  const { type, ...where } = address;
  return [type, ...Object.values(where)].join(":");
}

/** Reads a name of {@link addressName} back; null when it is the name of a destination. */
export function addressNamed(name: string): Address | null {
  // Names of destinations are asked for at every turn of a queue.
  if (!name.includes(":")) return null;
  const [type = "", first = "", user = ""] = name.split(":");
  if (!isReservedDestination(type)) return null;
  switch (type) {
    case "thread":
      return { type, channel: first };
    case "ephemeral":
      return { type, channel: first, user };
    case "dm":
      return { type, user: first };
    case "gitlab_issue":
      return { type, project: first };
  }
}

/** Whether a name could be taken for an address. */
export function isAddressName(name: string): boolean {
  return RESERVED.some((type) => name.startsWith(`${type}:`));
}

/** An address for people: `the threads of C0123456789`; a destination's name in quotes, within a sentence. */
export function targetInWords(name: string): string {
  return addressNamed(name) === null ? `"${name}"` : targetAlone(name);
}

/** The same by itself, as in a heading or a table: a destination's name without quotes. */
export function targetAlone(name: string): string {
  const address = addressNamed(name);
  switch (address?.type) {
    case "thread":
      return `the threads of ${address.channel}`;
    case "ephemeral":
      return `${address.user} in ${address.channel}`;
    case "dm":
      return `${address.user} directly`;
    case "gitlab_issue":
      return `the issues of ${address.project}`;
    case undefined:
      return name;
  }
}
