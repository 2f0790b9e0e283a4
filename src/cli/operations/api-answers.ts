import type { Attempt, OutcomeState, Role } from "../../relay/outcomes.ts";
import type { EventState } from "../../relay/ledger.ts";
import type { Failure } from "../../relay/failures.ts";

/** An item of `GET /events`. */
export type EventItem = {
  id: string;
  type: string;
  types: string[];
  state: EventState;
  reason: string | null;
  receivedAt: string;
  project: string | null;
  title: string | null;
};

/** An item of `GET /deliveries`. */
export type DeliveryItem = {
  id: string;
  event: Pick<EventItem, "id" | "type" | "title" | "project" | "receivedAt">;
  destination: string;
  address: string | null;
  state: OutcomeState;
  reason: string | null;
  role: Role;
  mapping: string | null;
  rule: string | null;
  createdAt: string;
  finishedAt: string | null;
  attempts: number;
  last: (Omit<Attempt, "at"> & { at: string }) | null;
};

/** An item of `GET /failures`. */
export type FailureItem = Omit<Failure, "oldest" | "newest"> & { oldest: string; newest: string };

/** The answer of `GET /failures`; not complete: there are more than were looked at. */
export type Failures = { items: FailureItem[]; complete: boolean };

/** An item of `GET /problems`: what a person should look at in one namespace. */
export type ProblemItem = {
  namespace: string;
  documents: { key: string; problem: string; using: string; since: string }[];
  pauses: { destination: string; code: string; said: string; fix: string; since: string }[];
  waiting: { events: number; reason: string; since: string }[];
};
