import type { EventToPreview } from "../../operations/drafts/events-to-preview.ts";
import { GITLAB_SAMPLES, SLACK_SAMPLES } from "./samples.ts";

/** What is offered to try a draft on. */
type EventChoiceProps = {
  /** Received events to choose from, in the order in which they are offered. */
  events: EventToPreview[];
  /** Whose samples are offered; null: both. */
  source: "gitlab" | "slack" | null;
  /** The received event that is chosen to begin with, by its id; null: the first one. */
  chosen?: string | null;
};

/** Which event a draft is tried on: one that came, a sample, one by its address, or a pasted body. */
export function EventChoice(props: EventChoiceProps) {
  return (
    <div id="event-choice" class="stack event-choice">
      <div class="field">
        <label for="event">Event</label>
        <select id="event">
          <EventOptions {...props} />
        </select>
      </div>
      <div class="field" id="event-by-address" hidden>
        <label for="address">Address of an issue, epic or merge request, or an event's id</label>
        <input id="address" type="text" inputmode="url" autocomplete="off" spellcheck={false} />
      </div>
      <div class="field" id="event-pasted" hidden>
        <label for="payload">Payload</label>
        <textarea id="payload" rows={16} spellcheck={false} aria-describedby="payload-hint" />
        <p id="payload-hint" class="hint">
          JSON as GitLab or Slack sends it, at most 1 MB. It is neither stored nor logged.
        </p>
      </div>
    </div>
  );
}

/** The events that can be chosen. */
export function EventOptions({ events, source, chosen = null }: EventChoiceProps) {
  const isListed = chosen === null || events.some(({ id }) => id === chosen);
  return (
    <>
      {isListed ? null : (
        <option value={chosen} selected>
          The event you came from
        </option>
      )}
      {events.length === 0 ? null : (
        <optgroup label="Received lately">
          {events.map((event) => (
            <option value={event.id} selected={event.id === chosen}>
              {inOneLine(event)}
            </option>
          ))}
        </optgroup>
      )}
      {source === "slack" ? null : <Samples label="Samples from GitLab" of={GITLAB_SAMPLES} />}
      {source === "gitlab" ? null : <Samples label="Samples from Slack" of={SLACK_SAMPLES} />}
      <optgroup label="Another one">
        <option value="address">The newest about an address …</option>
        <option value="paste">A pasted payload …</option>
      </optgroup>
    </>
  );
}

function Samples({ label, of }: { label: string; of: Record<string, string> }) {
  return (
    <optgroup label={label}>
      {Object.entries(of).map(([name, said]) => (
        <option value={`sample:${name}`}>{said}</option>
      ))}
    </optgroup>
  );
}

const MAX_TITLE = 60;

function inOneLine({ type, title, project, at, told }: EventToPreview): string {
  const name =
    title === null || title.length <= MAX_TITLE ? title : `${title.slice(0, MAX_TITLE)}…`;
  const when = `${new Date(at).toISOString().slice(5, 16).replace("T", " ")} UTC`;
  const parts = [type, name, project, when, told ? "was posted" : null];
  return parts.filter((part) => part !== null && part !== "").join(" · ");
}
