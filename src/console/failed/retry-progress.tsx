import type { Retried } from "../../relay/retries.ts";
import type { RetryRun } from "../../relay/retry-runs.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { FAILED, runHref } from "./failed-href.ts";

/** What the page and its part that is renewed show. */
export type RunProps = {
  run: string;
  state: RetryRun;
  retried: Retried;
  /** Whether it was stopped: then it goes on when somebody says so. */
  stopped: boolean;
  mayChange: boolean;
  now: number;
};

/** The page of a bulk retry: as long as somebody looks, it goes on by itself. */
export function RetryProgress(props: RunProps) {
  return (
    <div class="stack">
      <div id="retry" class="card" aria-live="polite">
        <RetryStep {...props} />
      </div>
      <p>
        <a href={FAILED}>To all that failed</a>
      </p>
    </div>
  );
}

/** How far it has come. As long as there is more, this part asks for the next page by itself. */
export function RetryStep({ run, state, retried, stopped, mayChange, now }: RunProps) {
  const { total, sent, next, at, by } = state;
  const most = Math.max(total, sent);
  return (
    <>
      <h2>{headlineOf(state, retried, stopped)}</h2>
      <div class="field">
        <label for="progress">
          {sent} of {most} put back into the queues
        </label>
        <progress
          id="progress"
          max={Math.max(1, most)}
          value={next === null ? Math.max(1, most) : sent}
        >
          {sent} of {most}
        </progress>
      </div>
      <Outcome run={run} retried={retried} state={state} mayChange={mayChange} />
      {next === null || !mayChange ? null : (
        <div class="row">
          <form
            method="post"
            action={runHref(run)}
            {...(stopped
              ? {}
              : {
                  "hx-post": runHref(run),
                  "hx-trigger": "load delay:100ms",
                  "hx-target": "#retry",
                })}
          >
            <button class={stopped ? "main" : ""}>Go on</button>
          </form>
          {stopped ? null : (
            <a class="button" href={`${runHref(run)}?stopped`}>
              Stop
            </a>
          )}
        </div>
      )}
      <p class="soft small">
        Begun by {by} <Moment at={at} now={now} />.{" "}
        {next === null
          ? ""
          : "You may leave: what was sent stays sent, and this page goes on when you come back within a day."}
      </p>
    </>
  );
}

function headlineOf({ next, sent }: RetryRun, { counts }: Retried, stopped: boolean): string {
  if (next !== null) return stopped ? "Stopped" : "Sending again …";
  if (sent === 0) return "Nothing was sent again";
  return (counts.pending ?? 0) > 0
    ? `${counted(sent, "message is", "messages are")} on the way again`
    : `${counted(sent, "message was", "messages were")} sent again`;
}

/** What has become of them; while some wait, this part looks again by itself. */
function Outcome({ run, retried, state, mayChange }: Omit<RunProps, "stopped" | "now">) {
  const { counts, failed } = retried;
  const { delivered = 0, pending = 0, failed: again = 0, filtered = 0, gone = 0 } = counts;
  if (state.sent === 0) {
    return state.next === null ? (
      <p>There was nothing that a retry helps: it was sent meanwhile, or must be replayed.</p>
    ) : null;
  }
  const isLookedAt = pending > 0 && (state.next === null || !mayChange);
  const look = { "hx-get": runHref(run), "hx-trigger": "every 2s", "hx-target": "#retry" };
  return (
    <div {...(isLookedAt ? look : {})}>
      <ul>
        <li>
          <b>{delivered}</b> arrived
        </li>
        {pending > 0 ? (
          <li>
            <b>{pending}</b> {pending === 1 ? "waits for its" : "wait for their"} turn:{" "}
            {pending === 1 ? "it goes" : "they go"} at the pace of the destination
          </li>
        ) : null}
        {again > 0 ? (
          <li>
            <b>{again}</b> failed again:{" "}
            {failed.map((id, index) => (
              <>
                {index === 0 ? "" : ", "}
                <a href={`/admin/events/${id.replace(/\.\d+$/, "")}`}>
                  {index === 0 ? "the event of the first" : `of the ${ORDINALS[index] ?? "next"}`}
                </a>
              </>
            ))}
            . <a href={FAILED}>Why, and what to do</a>
          </li>
        ) : null}
        {filtered > 0 ? (
          <li>
            <b>{filtered}</b> given up meanwhile
          </li>
        ) : null}
        {gone > 0 ? (
          <li>
            <b>{gone}</b> no longer stored
          </li>
        ) : null}
      </ul>
    </div>
  );
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
