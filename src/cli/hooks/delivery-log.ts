import { isWithin, pathOfEvent, relayNameFor } from "../../gitlab/event-path.ts";
import { identityOf } from "../../gitlab/identity.ts";
import { object, type Json } from "../../json.ts";
import { eventId } from "../../relay/ids.ts";
import type { GitlabApi } from "../gitlab/gitlab-api.ts";
import type { HookEvent } from "../../gitlab/hooks-api/hook.ts";
import type { PlacedHook } from "../../gitlab/hooks-api/hooks-at.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { loggedHeaders } from "./logged-headers.ts";

/** A delivery that failed, and that the Worker does not have. */
export type Lost = {
  id: number;
  /** `issue_hooks` and so on. */
  trigger: string;
  /** Milliseconds since 1970; null: this GitLab does not say. */
  at: number | null;
  /** A status, or `internal error` where GitLab got no answer. */
  status: string;
};

export type LostDeliveries = {
  /** The oldest first. */
  lost: Lost[];
  /** How many failed for GitLab and arrived all the same. */
  arrived: number;
  /** How many cannot be told apart, for this GitLab (before 17.4) does not number its deliveries. */
  unnumbered: number;
  /** Whether there are more than were looked at. */
  cutOff: boolean;
};

/** GitLab gives no more in one go. */
const PER_PAGE = 20;
const MOST_FAILURES = 1_000;
const MOST_IN_A_ROW = 40;

/**
 * What failed for GitLab and did not arrive: GitLab's list of what failed in the last seven days,
 * without what the Worker has, be it that its answer was lost or that it was sent again since. Null:
 * this GitLab (before 17.3) has no such list.
 */
export async function lostDeliveries(
  api: GitlabApi,
  worker: AdminApi,
  { place, hook }: PlacedHook,
  hookPath: string | null,
  since: number | null,
): Promise<LostDeliveries | null> {
  const failures = new Map<string, HookEvent>();
  const found: LostDeliveries = { lost: [], arrived: 0, unnumbered: 0, cutOff: false };
  for (const status of ["client_failure", "server_failure"]) {
    const events = eventsOf(api, `${place.hooks}/${hook.id}/events?status=${status}`);
    let seen = 0;
    for await (const event of events) {
      if (event === "no list") return null;
      const at = timeOf(event);
      // The newest come first.
      if (since !== null && at !== null && at < since) break;
      if (seen === MOST_FAILURES) {
        found.cutOff = true;
        break;
      }
      seen += 1;
      const isAsked = event.url === hook.url && (since === null || at !== null);
      const key = keyOf(event);
      if (!isAsked) continue;
      if (key === null) found.unnumbered += 1;
      else if (!failures.has(key)) failures.set(key, event);
    }
  }
  for (const event of failures.values()) {
    if (await hasArrived(worker, event, hookPath)) found.arrived += 1;
    else found.lost.push(lostOf(event));
  }
  found.lost.sort((a, b) => a.id - b.id);
  return found;
}

/** How many deliveries failed since the last that did not; null: this GitLab has no list. */
export async function failuresInARow(
  api: GitlabApi,
  { place, hook }: PlacedHook,
): Promise<number | null> {
  let failures = 0;
  for await (const event of eventsOf(api, `${place.hooks}/${hook.id}/events`)) {
    if (event === "no list") return null;
    if (/^[23]/.test(String(event.response_status)) || failures === MOST_IN_A_ROW) break;
    failures += 1;
  }
  return failures;
}

async function* eventsOf(api: GitlabApi, path: string): AsyncGenerator<HookEvent | "no list"> {
  try {
    yield* api.all<HookEvent>(path, PER_PAGE);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "gitlab_not_found") throw error;
    yield "no list";
  }
}

/** Asks the Worker by the id that it gives such an event, which follows from GitLab's. */
async function hasArrived(
  worker: AdminApi,
  event: HookEvent,
  hookPath: string | null,
): Promise<boolean> {
  const path = pathOfEvent(object(event.request_data as Json), hookPath);
  const isAccepted = hookPath === null || path === null || isWithin(path, hookPath);
  if (!isAccepted) return false;
  const key = identityOf(loggedHeaders(event.request_headers), new Uint8Array());
  try {
    await worker.ask(`/events/${eventId(relayNameFor(path), key)}`);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return false;
    throw error;
  }
}

function lostOf(event: HookEvent): Lost {
  const { id, trigger, response_status: status } = event;
  return { id, trigger, at: timeOf(event), status: String(status) };
}

/** What GitLab numbers a delivery with, the same each time it is sent. */
function keyOf({ request_headers: headers }: HookEvent): string | null {
  const given = loggedHeaders(headers);
  return given.get("webhook-id") ?? given.get("idempotency-key");
}

/** Older versions say no time of their own, but show when the receiver answered. */
function timeOf({ created_at: at, response_headers: headers }: HookEvent): number | null {
  const time = Date.parse(at ?? loggedHeaders(headers).get("date") ?? "");
  return Number.isNaN(time) ? null : time;
}
