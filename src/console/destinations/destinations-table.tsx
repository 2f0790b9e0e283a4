import type { DestinationRow } from "../../operations/destinations/destinations-table.ts";
import type { ShownDestination } from "../../operations/destinations/destination-view.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { ChannelName, type ChannelNames } from "../failed/channel-name.tsx";
import { HealthMark, WhyNotWell } from "./health-mark.tsx";
import { PauseForm } from "./pause-form.tsx";

/** What the table's rows have in common. */
export type DestinationsTableProps = {
  rows: DestinationRow[];
  /** What channels are called, by id, where it is known. */
  names: ChannelNames;
  /** The page itself, to come back to. */
  back: string;
  mayChange: boolean;
  now: number;
};

/** Destinations, one a row: where they are, how they are, and what can be done. */
export function DestinationsTable({ rows, ...common }: DestinationsTableProps) {
  return (
    <div class="table">
      <table class="stacked destinations">
        <caption class="unseen">Destinations, by name</caption>
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col">Where</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Waiting
            </th>
            <th scope="col" class="number">
              In 7 days
            </th>
            <th scope="col">Used by</th>
            <th scope="col">
              <span class="unseen">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row row={row} place={`checked-${index}`} {...common} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Omit<DestinationsTableProps, "rows"> & { row: DestinationRow; place: string };

function Row({ row, place, names, back, mayChange, now }: RowProps) {
  const { name, view, health, waiting, sent, uses } = row;
  const inPath = encodeURIComponent(name);
  return (
    <tr>
      <th scope="row">
        <a href={`/admin/documents?key=${encodeURIComponent(`destination/${name}`)}`}>{name}</a>
      </th>
      <td class="where" data-label="Where">
        {view?.shown == null ? null : <Where shown={view.shown} names={names} />}
      </td>
      <td data-label="State">
        <HealthMark health={health} />
        <WhyNotWell name={name} health={health} now={now} />
      </td>
      <td class="number" data-label="Waiting">
        {waiting === 0 ? (
          "0"
        ) : (
          <a href="/admin/failed">
            {waiting}
            <span class="unseen"> wait for {name}</span>
          </a>
        )}
      </td>
      <td class="number" data-label="In 7 days">
        {sent.delivered}
        {sent.lastAt === null ? null : (
          <div class="soft small">
            <Moment at={sent.lastAt} now={now} />
          </div>
        )}
      </td>
      <td class="uses" data-label="Used by">
        {uses === 0 ? (
          <span class="soft">no rule</span>
        ) : (
          <a href={`/admin/mappings?to=${encodeURIComponent(name)}`}>{counted(uses, "rule")}</a>
        )}
      </td>
      <td>
        <div class="doings">
          <a
            class="button"
            href={`/admin/destinations/${inPath}/check`}
            hx-get={`/admin/destinations/${inPath}/check`}
            hx-target={`#${place}`}
            aria-label={`Check ${name}`}
          >
            Check
          </a>
          {mayChange ? <PauseForm name={name} health={health} back={back} /> : null}
        </div>
        <div id={place} class="checked" aria-live="polite" />
      </td>
    </tr>
  );
}

type WhereProps = { shown: ShownDestination; names: ChannelNames };

function Where({ shown, names }: WhereProps) {
  const { type, address, channel, variables, limit, confidential } = shown;
  return (
    <>
      <div>
        {KINDS[type]}
        {channel === null ? null : (
          <>
            {" "}
            <ChannelName channel={channel} names={names} />
          </>
        )}
      </div>
      {address === null ? null : (
        <div>
          <code>{address}</code>
        </div>
      )}
      <div class="soft small">
        {[
          variables === null ? "" : `variables ${variables.join(", ") || "none"}`,
          limit === null
            ? ""
            : limit === "none"
              ? "no limit"
              : `at most ${limit.replace("/", " a ")}`,
          confidential ? "takes confidential events" : "",
        ]
          .filter((words) => words !== "")
          .join("; ")}
      </div>
    </>
  );
}

const KINDS: Record<ShownDestination["type"], string> = {
  workflow: "workflow",
  channel: "channel",
  webhook: "incoming webhook",
};
