import { flagsOf } from "../../gitlab/hook-events.ts";
import { isEnabled } from "../../gitlab/hooks-api/hook-state.ts";
import type { SeenHook } from "../../gitlab/hooks-api/look-at-hooks.ts";
import { shownUrl } from "../../gitlab/hooks-api/shown-url.ts";
import type { LatestOfHook } from "../../relay/latest-by-hook.ts";
import { Moment } from "../moment.tsx";
import { EnableForm } from "./enable-form.tsx";
import { HookMark } from "./hook-mark.tsx";

type Props = {
  hooks: SeenHook[];
  latest: LatestOfHook[];
  back: string;
  mayChange: boolean;
  now: number;
};

/** Webhooks, those first that GitLab does not send to. */
export function HooksTable({ hooks, ...common }: Props) {
  const order = hooks.toSorted(
    (one, other) => Number(isEnabled(one.hook)) - Number(isEnabled(other.hook)),
  );
  return (
    <div class="table">
      <table class="stacked hooks">
        <caption class="unseen">Webhooks in GitLab that send here</caption>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col">State</th>
            <th scope="col">Sends to</th>
            <th scope="col">What</th>
            <th scope="col">Last event</th>
            <th scope="col">
              <span class="unseen">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {order.map((each) => (
            <Row each={each} {...common} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ each, latest, back, mayChange, now }: Omit<Props, "hooks"> & { each: SeenHook }) {
  const { place, hook, target } = each;
  const path = target.path?.toLowerCase() ?? null;
  const last = latest.find(({ hookPath }) => (hookPath?.toLowerCase() ?? null) === path);
  return (
    <tr>
      <th scope="row">
        <a href={`${place.page}/${hook.id}/edit`} rel="noreferrer">
          {place.path}
        </a>
        <div class="soft small">
          {place.owner}, webhook {hook.id}
        </div>
      </th>
      <td data-label="State">
        <HookMark hook={hook} now={now} />
      </td>
      <td data-label="Sends to">
        <code>
          {target.to === "here" ? new URL(hook.url).pathname : shownUrl(hook.url, target)}
        </code>
        {target.to === "elsewhere" ? (
          <div class="soft small">This is not the address of this page.</div>
        ) : null}
      </td>
      <td data-label="What" class="small">
        {flagsOf(place.owner)
          .filter((flag) => hook[flag] === true)
          .map((flag) => flag.replace(/_events$/, "").replaceAll("_", " "))
          .join(", ")}
      </td>
      <td data-label="Last event">
        {target.to === "elsewhere" ? (
          <span class="soft">not known</span>
        ) : last === undefined ? (
          <span class="soft">none lately</span>
        ) : (
          <Moment at={last.at} now={now} />
        )}
      </td>
      <td>{mayChange && !isEnabled(hook) ? <EnableForm hook={each} back={back} /> : null}</td>
    </tr>
  );
}
