import { destinationKey } from "../../mappings/destination-key.ts";
import { addressNamed, targetAlone } from "../../mappings/address.ts";
import { documentAt } from "../publish/document-link.tsx";
import type { FailureCause, Stopped } from "../../operations/failures/failure-causes.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";
import { inAddress } from "../in-address.ts";
import { Moment } from "../moment.tsx";
import { ChannelName } from "../slack-names/channel-name.tsx";
import { FAILED, listHref } from "./failed-href.ts";
import type { FailedProps } from "./failed-props.ts";
import { RetryForm } from "./retry-form.tsx";

type Props = FailedProps & { cause: FailureCause; place: string };

/** The destinations that a cause stopped, each with what can be done; `place`: what ids begin with. */
export function StoppedTable({ cause, place, ...common }: Props) {
  return (
    <div class="stopped">
      <div class="table">
        <table class="stacked">
          <caption class="unseen">What it stopped, by destination</caption>
          <thead>
            <tr>
              <th scope="col">Destination</th>
              <th scope="col">What was said</th>
              <th scope="col" class="number">
                {cause.kind === "paused" ? "Waiting" : "Failed"}
              </th>
              <th scope="col">{cause.kind === "paused" ? "First came" : "First failed"}</th>
              <th scope="col">
                <span class="unseen">What can be done</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {cause.stopped.map((stopped, index) => (
              <Row {...common} stopped={stopped} list={`${place}-list-${index}`} />
            ))}
          </tbody>
        </table>
      </div>
      {cause.stopped.map((_, index) => (
        <div id={`${place}-list-${index}`} class="one-by-one" aria-live="polite" />
      ))}
    </div>
  );
}

function Row(props: FailedProps & { stopped: Stopped; list: string }) {
  const { stopped, channels, names, now } = props;
  const { destination, kind, code, said, count, alerts, oldest } = stopped;
  const channel = channels.get(destination ?? "");
  return (
    <tr>
      <th scope="row">
        <Destination name={destination} />
        {channel === undefined ? null : (
          <div class="soft small">
            <ChannelName channel={channel} names={names} />
          </div>
        )}
      </th>
      <td data-label="Said">{said === code ? <code>{code}</code> : said}</td>
      <td class="number" data-label={kind === "paused" ? "Waiting" : "Failed"}>
        {count}
        {alerts > 0 ? (
          <div class="soft small">
            {alerts === count ? "" : `${alerts} of them `}
            {alerts === 1 ? "an alert" : "alerts"}
          </div>
        ) : null}
      </td>
      <td data-label={kind === "paused" ? "First came" : "First failed"}>
        <Moment at={oldest} now={now} />
      </td>
      <td>
        <div class="row">
          <Doings {...props} />
        </div>
      </td>
    </tr>
  );
}

/** A destination as people call it; its document is where it is put right. */
function Destination({ name }: { name: string | null }) {
  if (name === null) return <>no destination</>;
  if (addressNamed(name) !== null) return <>{targetAlone(name)}</>;
  return <a href={documentAt(destinationKey(name))}>{name}</a>;
}

function Doings({ stopped, list, mayChange }: FailedProps & { stopped: Stopped; list: string }) {
  const { destination, kind, code, mend, count } = stopped;
  if (kind === "failed") {
    const href = listHref({ destination: destination ?? "", cause: code }, null);
    return (
      <>
        <a href={href} hx-get={href} hx-target={`#${list}`} class="button">
          {count === 1 ? "Show it" : "Show them"}
          <span class="unseen"> that failed: {destination ?? "events"}</span>
        </a>
        {mend === "retry" && mayChange && destination !== null ? (
          <RetryForm meant={{ destination, cause: code }} back={FAILED}>
            {count === 1 ? "Retry" : `Retry ${count}`}
            <span class="unseen"> to {destination}</span>
          </RetryForm>
        ) : null}
      </>
    );
  }
  const name = destination ?? "";
  const waiting = new URLSearchParams({ destination: name, state: "pending" });
  return (
    <>
      {count === 0 ? null : (
        <a href={`/admin/events?${waiting.toString()}`} class="button">
          Show them<span class="unseen"> that wait for {name}</span>
        </a>
      )}
      {mayChange ? (
        <form method="post" action={`/admin/destinations/${inAddress(name)}/resume`}>
          <input type="hidden" name="back" value={FAILED} />
          <button>
            {code === PAUSED_BY_PERSON ? "Resume" : "Try now"}
            <span class="unseen"> {name}</span>
          </button>
        </form>
      ) : null}
      {mayChange && count > 0 ? (
        <a
          class="button grave"
          href={`/admin/destinations/${inAddress(name)}/discard?back=${inAddress(FAILED)}`}
        >
          Give up …<span class="unseen"> what waits for {name}</span>
        </a>
      ) : null}
    </>
  );
}
