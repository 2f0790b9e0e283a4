import type { ShownDelivery } from "../../relay/show-event.ts";
import { byWhom, destinationName } from "../../operations/events/why-posted.ts";
import type { Names } from "../../slack-look/render-mrkdwn.ts";
import { oneLine } from "../../words/one-line.ts";
import { RetryForm } from "../failed/retry-form.tsx";
import { Moment } from "../moment.tsx";
import { documentAt } from "../publish/document-link.tsx";
import { EventStateMark } from "./event-state.tsx";
import { SentContent } from "./sent-content.tsx";
import { TableFrame } from "../table-frame.tsx";

type DeliveryCardProps = {
  /** The id of its event. */
  event: string;
  delivery: ShownDelivery;
  names: Names;
  /** In milliseconds. */
  now: number;
  mayChange: boolean;
  /** The page that a button comes back to. */
  back: string;
};

/** One delivery: where it goes, what it says, and each attempt with what Slack answered. */
export function DeliveryCard({ event, delivery, names, now, mayChange, back }: DeliveryCardProps) {
  const { id, state, reason, rule, mapping, content } = delivery;
  const heading = `delivery-${id}`;
  return (
    <article class="card" id={id} aria-labelledby={heading}>
      <div class="row apart">
        <h3 id={heading}>
          {destinationName(delivery)}
          <Role delivery={delivery} now={now} />
        </h3>
        <EventStateMark state={state} />
      </div>
      {rule === null || mapping === null ? null : (
        <p class="small soft">
          by the rule <a href={documentAt(mapping, { rule, event })}>{rule}</a> of {mapping}
        </p>
      )}
      {reason === null ? null : <p class="small">{reason}</p>}
      {content === null ? (
        <p class="small soft">
          {state === "pending"
            ? "Its message is made when its turn comes."
            : "No message was made."}
        </p>
      ) : (
        <SentContent content={content} names={names} />
      )}
      {content?.kind === "workflow" && state === "delivered" ? (
        <p class="small soft">
          Slack has started the workflow. What the workflow's steps did with it, Slack tells nobody.
        </p>
      ) : null}
      <Attempts delivery={delivery} now={now} />
      {mayChange && (state === "failed" || state === "pending") ? (
        <RetryForm meant={{ id }} back={back}>
          {state === "failed" ? "Send it again" : "Send it now"}
        </RetryForm>
      ) : null}
      <p class="small soft">Delivery {id}</p>
    </article>
  );
}

function Role({ delivery, now }: { delivery: ShownDelivery; now: number }) {
  const { role, at, askedBy } = delivery;
  switch (role) {
    case "rule":
      return null;
    case "alert":
      return <span class="soft"> ({role})</span>;
    case "replay":
    case "test":
      return (
        <span class="soft">
          {" "}
          ({role}
          {byWhom(askedBy)}, <Moment at={Date.parse(at)} now={now} />)
        </span>
      );
  }
}

function Attempts({ delivery, now }: { delivery: ShownDelivery; now: number }) {
  const { attempts, state } = delivery;
  if (attempts.length === 0) {
    return state === "pending" ? <p class="small soft">Nobody has tried to send it yet.</p> : null;
  }
  return (
    <TableFrame label="Attempts">
      <table>
        <caption>Attempts</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Status</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ at, status, answer, sent }) => (
            <tr>
              <td>
                <Moment at={Date.parse(at)} now={now} />
              </td>
              <td>{status ?? (sent === false ? "not sent" : "no answer")}</td>
              <td>{oneLine(answer, 300)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
