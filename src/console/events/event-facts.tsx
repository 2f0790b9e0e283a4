import type { ShownEvent } from "../../relay/show-event.ts";
import { oneLine } from "../../words/one-line.ts";
import { typesInWords } from "../../words/type-in-words.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";

/** What happened where and when (`now` in milliseconds), and the way to it in GitLab. */
export function EventFacts({ event, now }: { event: ShownEvent; now: number }) {
  const { types, project, receivedAt, url, confidential, id } = event;
  return (
    <dl class="facts">
      <dt>What</dt>
      <dd>
        {typesInWords(types)} <span class="soft small">({types.join(", ")})</span>{" "}
        {confidential ? <StateMark tone="waiting">confidential</StateMark> : null}
      </dd>
      <dt>Where</dt>
      <dd>{project ?? "no project or group"}</dd>
      <dt>Received</dt>
      <dd>
        <Moment at={Date.parse(receivedAt)} now={now} />{" "}
        <span class="soft small">({receivedAt.slice(0, 19).replace("T", " ")} UTC)</span>
      </dd>
      {url === null || !/^https?:\/\//i.test(url) ? null : (
        <>
          <dt>At its source</dt>
          <dd>
            <a href={url} target="_blank" rel="noopener noreferrer">
              {oneLine(url, 200)}
            </a>
          </dd>
        </>
      )}
      <dt>Event</dt>
      <dd class="small">
        <code>{id}</code>
      </dd>
    </dl>
  );
}
