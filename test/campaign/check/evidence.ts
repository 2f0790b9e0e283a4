import type { Sums } from "../../../src/relay/ledger.ts";

/** One request of the driver's and what was answered. Times in ms of the machine's clock. */
export type Sent = {
  /** The webhook's number: several requests have the same one where it was sent again. */
  number: number;
  wants: "message" | "nothing" | "unreadable";
  /** What has to stay in order. */
  subject: string;
  /** Where a message of it is expected, once each. */
  destinations: string[];
  sentAt: number;
  answeredAt: number;
  /** HTTP status; 0: no answer. */
  status: number;
  /** `accepted`, `duplicate` or `unreadable`, as Causeway said. */
  said: string | null;
};

/** A message at Slack, in the order of arrival. `number` is null where it says none. */
export type Arrived = { number: number | null; destination: string; at: number };

/** An event as the admin API lists it, by the webhook's number. */
export type Stored = { number: number | null; id: string; state: string; reason: string | null };

/** All that the verdict on a scenario rests on. */
export type Evidence = {
  sent: Sent[];
  arrived: Arrived[];
  stored: Stored[];
  ledger: Sums;
  /** Deliveries (`number destination`) with attempts that Slack may have taken unnoticed, and what was noted. */
  inDoubt: Map<string, string[]>;
  /** What `/admin/api/problems` still says. */
  problems: string[];
};

/** The name of a delivery in {@link Evidence.inDoubt}. */
export function deliveryName(number: number, destination: string): string {
  return `${number} ${destination}`;
}
