import { isEnabled } from "../../gitlab/hooks-api/hook-state.ts";
import type { HooksLook, SeenHook } from "../../gitlab/hooks-api/look-at-hooks.ts";
import type { HooksSeen } from "../../operations/hooks/hooks-everywhere.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { HooksTable } from "./hooks-table.tsx";
import { LatestTable } from "./latest-table.tsx";

export const HOOKS = "/admin/hooks";

/** The address of a part of the list; `after`: where the part before ended, null: the first. */
export function hooksHref(after: string | null): string {
  return after === null ? HOOKS : `${HOOKS}?${new URLSearchParams({ after }).toString()}`;
}

export type HooksProps = { mayChange: boolean; now: number; after: string | null };

/** GitLab's webhooks that send here: whether GitLab sends to them, and what could not be seen. */
export function HooksPage({ seen, ...common }: HooksProps & { seen: HooksSeen }) {
  const { at, latest, look } = seen;
  return (
    <div class="stack">
      {look.asked ? (
        <Asked {...common} seen={seen} look={look} />
      ) : (
        <section class="card">
          <h2>GitLab was not asked</h2>
          <p>{look.why}</p>
          <p class="soft">
            Somebody with a token of their own can look meanwhile:{" "}
            <code>npx causeway hooks list</code>.
          </p>
        </section>
      )}
      <LatestTable latest={latest} at={at} now={common.now} />
    </div>
  );
}

function Asked(props: HooksProps & { seen: HooksSeen; look: HooksLook }) {
  const { seen, look, mayChange, now, after } = props;
  const { hooks, notSeen, next, trouble } = look;
  const href = hooksHref(after);
  return (
    <>
      <div class="row apart">
        <p>{headlineOf(look)}</p>
        <p class="soft small">
          GitLab was asked <Moment at={seen.at} now={now} />.{" "}
          <a href={`${href}${after === null ? "?" : "&"}anew`}>Ask again</a>
        </p>
      </div>
      {trouble === null ? null : (
        <div class="notice bad" role="alert">
          <p>{trouble}</p>
        </div>
      )}
      {hooks.length > 0 ? (
        <HooksTable {...{ hooks, latest: seen.latest, mayChange, now }} back={href} />
      ) : null}
      {hooks.length === 0 && trouble === null ? (
        <section class="card empty">
          <p>
            A webhook is made with <code>npx causeway hooks create &lt;path&gt;</code>, or by hand
            in GitLab.
          </p>
        </section>
      ) : null}
      {hooks.every(({ hook }) => isEnabled(hook)) ? null : (
        <p class="soft">
          GitLab disables a webhook that failed four times in a row, for longer each time, and tells
          nobody. Enable has it send a test, which enables it when it arrives. What happened
          meanwhile it does not send by itself: <code>npx causeway hooks resend &lt;path&gt;</code>{" "}
          does.
        </p>
      )}
      {notSeen.length === 0 ? null : (
        <details class="card">
          <summary>
            {counted(notSeen.length, "project or group", "projects and groups")} could not be looked
            at
          </summary>
          <dl class="facts">
            {notSeen.map(({ path, why }) => (
              <>
                <dt>
                  <code>{path}</code>
                </dt>
                <dd>{why}.</dd>
              </>
            ))}
          </dl>
        </details>
      )}
      {next === null ? null : (
        <p class="pager">
          <a href={hooksHref(next.after)}>Look at the next ones ({next.left} are left)</a>
        </p>
      )}
    </>
  );
}

/** What a look found, in a sentence. */
export function headlineOf({ hooks, looked }: HooksLook): string {
  const of = counted(looked, "project or group", "projects and groups");
  const ill = disabledOf(hooks).length;
  if (looked === 0) return "No project or group showed its webhooks.";
  if (ill > 0) {
    return `GitLab has stopped sending to ${ill} of ${counted(hooks.length, "webhook")}. ${of} ${looked === 1 ? "was" : "were"} looked at.`;
  }
  return hooks.length === 0
    ? `No webhook of ${of} sends here.`
    : `GitLab sends to ${hooks.length === 1 ? "the one webhook" : `all ${hooks.length} webhooks`} that ${of} ${looked === 1 ? "has" : "have"}.`;
}

/** Those that GitLab does not send to at the moment. */
export function disabledOf(hooks: SeenHook[]): SeenHook[] {
  return hooks.filter(({ hook }) => !isEnabled(hook));
}
