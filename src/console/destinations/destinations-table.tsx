import { destinationKey } from "../../mappings/destination-key.ts";
import type { DestinationRow } from "../../operations/destinations/destinations-table.ts";
import { documentAt } from "../publish/document-link.tsx";
import type { ShownDestination } from "../../operations/destinations/destination-view.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { ChannelName, type ChannelNames } from "../slack-names/channel-name.tsx";
import { HealthMark, WhyNotWell } from "./health-mark.tsx";
import { PauseForm } from "./pause-form.tsx";
import { inAddress } from "../in-address.ts";

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

/** Destinations: of each where and how it is, and in a row below what can be done. */
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
  const inPath = inAddress(name);
  return (
    <>
      <tr>
        <th scope="row">
          <a href={documentAt(destinationKey(name))}>{name}</a>
        </th>
        <td class="where" data-label="Where">
          {view?.shown == null ? null : <Where shown={view.shown} names={names} />}
        </td>
        <td data-label="State">
          <HealthMark health={health} />
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
            <a href={`/admin/mappings?to=${inAddress(name)}`}>{counted(uses, "rule")}</a>
          )}
        </td>
      </tr>
      <tr class="more">
        <td colspan={6}>
          <WhyNotWell name={name} health={health} now={now} />
          {health.is === "paused" && health.triedAt === null ? <WhatCameOfIt at={back} /> : null}
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
    </>
  );
}

/** A message is tried at this moment: the list is looked at again for what came of it. */
function WhatCameOfIt({ at }: { at: string }) {
  return (
    <span
      hx-get={at}
      hx-trigger="load delay:3s"
      hx-target="#destinations"
      hx-select="#destinations"
      hx-swap="outerHTML"
    />
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
