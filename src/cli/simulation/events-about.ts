import { subjectOfUrl } from "../../gitlab/subject-of-url.ts";
import { changeIn } from "../../relay/ref-statuses.ts";
import type { Known } from "../../simulation/read-happening.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { AdminApi } from "../worker/admin-api.ts";

/** An event that the Worker received, with what it knows beside the body. */
export type ReceivedEvent = { id: string; receivedAt: string; body: Uint8Array; known: Known };

type Listed = { id: string; types: string[]; receivedAt: string; project: string | null };

/**
 * The newest events about an issue or merge request. Throws a {@link Refusal} when the address leads to
 * none, or the Worker has none.
 */
export async function eventsAbout(
  api: AdminApi,
  url: string,
  count: number,
): Promise<ReceivedEvent[]> {
  if (subjectOfUrl(url) === null) {
    throw new Refusal(
      "bad_url",
      `${url} is not the address of an issue, work item, epic or merge request.`,
      EXIT.usage,
    );
  }
  const found: ReceivedEvent[] = [];
  for await (const event of api.all<Listed>(`/events?about=${encodeURIComponent(url)}`)) {
    const [body, { confidential }] = await Promise.all([
      api.bytes(`/events/${event.id}/body`),
      api.ask<{ confidential: boolean }>(`/events/${event.id}`),
    ]);
    const known: Known = {
      hookPath: event.project,
      // The header is not kept for others to see; what it said is.
      hookName: confidential ? "Confidential Hook" : null,
      refChange: changeIn(event.types.join(" ")),
    };
    found.push({ id: event.id, receivedAt: event.receivedAt, body, known });
    if (found.length === count) break;
  }
  if (found.length > 0) return found;
  throw new Refusal(
    "no_events",
    `The Worker has received nothing about ${url}, or it has expired (RETENTION_DAYS). Does a hook of the project or group call it?`,
  );
}
