import type { Env } from "../../env.ts";
import { relayNameFor } from "../../gitlab/event-path.ts";
import { sourceOfMapping, GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";
import { allRelays, findRelay } from "../../relay/all-relays.ts";
import { arrivedAt, seqAt } from "../../relay/events.ts";
import { eventId } from "../../relay/ids.ts";
import { ANY_EVENT, type EventFilter, type ListedEvent } from "../../relay/list-events.ts";
import { sourceOf } from "../../relay/relay-name.ts";

/** A stored event that a draft can be tried on. `at` is when it came, in milliseconds. */
export type EventToPreview = {
  id: string;
  at: number;
  type: string;
  title: string | null;
  project: string | null;
  /** Whether something was sent of it. */
  told: boolean;
};

/** As many as a list has that somebody looks through. */
const MAX_EVENTS = 20;
const MAX_TOLD = 10;
const NEWEST = seqAt(8e12);

/**
 * The newest events that a document could have to do with, those first of which something was sent: of
 * a mapping those of its group, project or channel, of a destination those that were sent there, else all.
 */
export async function eventsToPreview(env: Env, key: string): Promise<EventToPreview[]> {
  const relays = await relaysOf(env, key);
  const about = { ...ANY_EVENT, ...aboutOf(key) };
  const newest = async (filter: EventFilter, limit: number): Promise<EventToPreview[]> => {
    const found = await Promise.all(
      relays.map(async ({ name, relay }) => {
        const { items } = await relay.events(filter, NEWEST, limit);
        return items.map((item) => shown(name, item));
      }),
    );
    return found
      .flat()
      .toSorted((a, b) => b.at - a.at)
      .slice(0, limit);
  };
  const [told, all] = await Promise.all([
    newest({ ...about, state: "delivered" }, MAX_TOLD),
    newest(about, MAX_EVENTS),
  ]);
  const known = new Set(told.map(({ id }) => id));
  return [...told, ...all.filter(({ id }) => !known.has(id))].slice(0, MAX_EVENTS);
}

function aboutOf(key: string): Partial<EventFilter> {
  const [family, ...rest] = key.split("/");
  if (family === "destination") return { destination: rest.join("/") };
  const path = rest.slice(1).join("/");
  return family === "mapping" && path !== "*" && path !== "" ? { path } : {};
}

async function relaysOf(env: Env, key: string): ReturnType<typeof allRelays> {
  const { path } = aboutOf(key);
  if (key.startsWith(GITLAB_MAPPINGS) && path) {
    const name = relayNameFor(path);
    const relay = await findRelay(env, name);
    return relay === null ? [] : [{ name, relay }];
  }
  const relays = await allRelays(env);
  return key.startsWith("mapping/")
    ? relays.filter(({ name }) => sourceOf(name) === sourceOfMapping(key))
    : relays;
}

function shown(
  relay: string,
  { seq, key, types, title, path, eventState }: ListedEvent,
): EventToPreview {
  const [type = "unknown"] = types.split(" ");
  const told = eventState === "delivered";
  return { id: eventId(relay, key), at: arrivedAt(seq), type, title, project: path, told };
}
