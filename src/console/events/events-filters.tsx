import { EVENT_CATALOGUE } from "../../gitlab/event-catalogue.ts";
import { RESERVED } from "../../mappings/address.ts";
import { SPANS } from "../../operations/events/find-events.ts";
import type { EventsAsked } from "./events-asked.ts";

const STATES = ["pending", "delivered", "filtered", "failed", "unreadable"] as const;

type EventsFiltersProps = {
  asked: EventsAsked;
  /** Names of the destinations that there are. */
  destinations: string[];
};

/** What to look for among the events: a form that works by itself, and looks while one types. */
export function EventsFilters({ asked, destinations }: EventsFiltersProps) {
  const names = [...new Set([...destinations, ...RESERVED, asked.to])].filter(
    (name) => name !== "",
  );
  return (
    <form
      id="events-search"
      class="filters of-events"
      role="search"
      method="get"
      action="/admin/events"
      hx-get="/admin/events"
      hx-trigger="input delay:400ms, submit"
      hx-target="#list"
      hx-select="#list"
      hx-select-oob="#newer"
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      <div class="field wide">
        <label for="q">Words, an address or an id</label>
        <input
          id="q"
          name="q"
          type="search"
          value={asked.q}
          autocomplete="off"
          maxlength={2000}
          aria-describedby="q-hint"
        />
      </div>
      <div class="field">
        <label for="project">Project or group</label>
        <input id="project" name="project" value={asked.project} autocomplete="off" />
      </div>
      <div class="field">
        <label for="type">Type</label>
        <input
          id="type"
          name="type"
          value={asked.type}
          list="types"
          placeholder="issue.*"
          autocomplete="off"
        />
        <datalist id="types">
          {EVENT_CATALOGUE.flatMap(({ kind, actions }) => [
            `${kind}.*`,
            ...Object.keys(actions).map((action) => `${kind}.${action}`),
          ]).map((type) => (
            <option value={type} />
          ))}
        </datalist>
      </div>
      <div class="field">
        <label for="state">State</label>
        <select id="state" name="state">
          <option value="">any</option>
          {STATES.map((state) => (
            <option value={state} selected={state === asked.state}>
              {state}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="to">Destination</label>
        <select id="to" name="to">
          <option value="">any</option>
          {names.map((name) => (
            <option value={name} selected={name === asked.to}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="since">Received in</label>
        <select id="since" name="since">
          <option value="">all that is stored</option>
          {Object.entries(SPANS).map(([value, { words }]) => (
            <option value={value} selected={value === asked.since}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <button>Search</button>
      <p id="q-hint" class="small soft whole">
        Paste the address of an issue, epic or merge request, or of a message in Slack, or the id of
        an event or a delivery. Other words are looked for in titles, types and paths.
      </p>
    </form>
  );
}
