import type { ShownEvent } from "../../relay/show-event.ts";

/** A page of more would be slow to read and to search. */
const MAX_CHARACTERS = 200_000;

type EventPayloadProps = { event: ShownEvent; mayChange: boolean };

/** What GitLab or Slack sent, without secrets; of a large one the beginning. */
export function EventPayload({ event, mayChange }: EventPayloadProps) {
  const { id, payload, bytes, large } = event;
  const text = payload === null ? "" : JSON.stringify(payload, null, 2);
  const isCut = text.length > MAX_CHARACTERS;
  return (
    <section class="card" aria-labelledby="payload">
      <h2 id="payload">What was sent here</h2>
      <p class="small soft">
        {bytes.toLocaleString("en")} bytes. Values of pipeline variables and of fields named like
        e-mail addresses, tokens, secrets and passwords are left out.
        {large ? " It is large: only what identifies it is shown." : ""}
        {isCut
          ? ` Only the first ${MAX_CHARACTERS.toLocaleString("en")} characters are shown.`
          : ""}
      </p>
      {payload === null ? (
        <p>The body is not a JSON object.</p>
      ) : (
        <details>
          <summary>Show it</summary>
          <pre>{isCut ? text.slice(0, MAX_CHARACTERS) : text}</pre>
        </details>
      )}
      {mayChange ? (
        <p class="small">
          <a href={`/admin/events/${id}/body`}>The whole body, nothing left out</a>
        </p>
      ) : null}
    </section>
  );
}
