import type { Env } from "../../env.ts";
import { findRelay } from "../../relay/all-relays.ts";
import { relayNameFor } from "../../gitlab/event-path.ts";
import type { Happening } from "../../simulation/read-happening.ts";
import { withoutSecrets } from "../../simulation/without-secrets.ts";
import { readSearch } from "../events/read-search.ts";
import { findById } from "../events/find-by-id.ts";

/** An event that was received, or a sentence that says why there is none. */
export type FoundHappening = { id: string; happening: Happening } | { problem: string };

const UNREADABLE = "The body of this event cannot be read: rules see nothing of it.";
const GONE = "There is no such event; finished events are deleted after RETENTION_DAYS.";

/**
 * The event that somebody names: by its id, by the address of its page in the console, or by the address
 * of an issue, epic or merge request, which stands for the newest event about it. Whole it is for
 * editors; viewers have it as its page shows it.
 */
export async function storedHappening(
  env: Env,
  given: string,
  role: "view" | "edit",
): Promise<FoundHappening> {
  const search = readSearch(given);
  switch (search.kind) {
    case "event":
      return await happeningOf(env, search.id, role);
    case "about": {
      const { subject, path } = search.about;
      const relay = await findRelay(env, relayNameFor(path));
      const [newest] = (await relay?.eventsAbout(subject, 1)) ?? [];
      if (newest !== undefined) return await happeningOf(env, newest.id, role);
      return {
        problem: `Nothing was received about ${given.trim()}, or it has expired (RETENTION_DAYS). Does a hook of the project or group call Causeway?`,
      };
    }
    case "text":
      if (!/^https?:/i.test(search.text)) return { problem: GONE };
      break;
    case "posted":
    case "place":
      break;
  }
  return {
    problem: `${given.trim()} is not the address of an issue, work item, epic or merge request, nor of an event's page here.`,
  };
}

async function happeningOf(env: Env, id: string, role: "view" | "edit"): Promise<FoundHappening> {
  const found = await findById(env, id);
  const json = found === null ? null : await found.relay.happening(found.key);
  if (json === null) return { problem: GONE };
  const read = JSON.parse(json) as Omit<Happening, "notes"> | null;
  if (read === null) return { problem: UNREADABLE };
  const happening = { ...read, notes: [] };
  return { id, happening: role === "edit" ? happening : forViewers(happening) };
}

function forViewers({ notes, ...whole }: Happening): Happening {
  const less = withoutSecrets(whole);
  const isLess = JSON.stringify(less.payload) !== JSON.stringify(whole.payload);
  return { ...less, notes: isLess ? [...notes, WITHOUT] : notes };
}

const WITHOUT =
  "Viewers see events without e-mail addresses, tokens and passwords: conditions and templates that use them find nothing here.";
