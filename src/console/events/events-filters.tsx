import { EVENT_CATALOGUE } from "../../gitlab/event-catalogue.ts";
import { RESERVED } from "../../mappings/address.ts";
import { SPANS } from "../../operations/events/find-events.ts";
import { MAX_SEARCH } from "../../operations/events/read-search.ts";
import { EVENT_STATES } from "../../relay/event-state.ts";
import { Choice, optionsNamed } from "../choice.tsx";
import { SearchForm } from "../search-form.tsx";
import type { EventsAsked } from "./events-asked.ts";

type EventsFiltersProps = {
  asked: EventsAsked;
  /** Names of the destinations that there are. */
  destinations: string[];
};

/** What to look for among the events. */
export function EventsFilters({ asked, destinations }: EventsFiltersProps) {
  return (
    <SearchForm
      id="events-search"
      class="of-events"
      action="/admin/events"
      part="#list"
      also="#newer"
      delayMs={400}
      hint={
        <p id="q-hint" class="small soft whole">
          Paste the address of an issue, epic or merge request, or of a message in Slack, or the id
          of an event or a delivery. Other words are looked for in titles, types and paths.
        </p>
      }
    >
      <div class="field wide">
        <label for="q">Words, an address or an id</label>
        <input
          id="q"
          name="q"
          type="search"
          value={asked.q}
          autocomplete="off"
          maxlength={MAX_SEARCH}
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
      <Choice
        name="state"
        label="State"
        value={asked.state}
        options={EVENT_STATES.map((state) => [state, state])}
      />
      <Choice
        name="to"
        label="Destination"
        value={asked.to}
        options={optionsNamed([...destinations, ...RESERVED], asked.to)}
      />
      <Choice
        name="since"
        label="Received in"
        value={asked.since}
        open="all that is stored"
        options={Object.entries(SPANS).map(([span, { words }]) => [span, words])}
      />
    </SearchForm>
  );
}
