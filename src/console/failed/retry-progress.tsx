import type { Retried } from "../../relay/retries.ts";
import type { RetryRun } from "../../relay/retry-runs.ts";
import { counted } from "../../words/counted.ts";
import { lookAgain } from "../look-again.ts";
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

/**
 * The page of a bulk retry: as long as somebody looks, it goes on by itself. What is pressed stands outside
 * of what each step replaces, and so does what is read out: the headline, when it is another one.
 */
export function RetryProgress(props: RunProps) {
  const { state, mayChange, now } = props;
  const isThrough = state.next === null;
  return (
    <div class="stack">
      <div class="card">
        <p id="retry-said" class="unseen" role="status" />
        <div id="retry">
          <RetryStep {...props} />
        </div>
        <div id="retry-buttons" class="row">
          {isThrough || !mayChange ? null : <Buttons {...props} />}
        </div>
        <p class="soft small">
          Begun by {state.by} <Moment at={state.at} now={now} />.{" "}
          {isThrough
            ? ""
            : "You may leave: what was sent stays sent, and this page goes on when you come back within a day."}
        </p>
      </div>
      <p>
        <a href={FAILED}>To all that failed</a>
      </p>
    </div>
  );
}

/** How far it has come. As long as there is more, this part asks for the next page by itself. */
export function RetryStep(props: RunProps) {
  const { run, state, retried, stopped, mayChange } = props;
  const { total, next } = state;
  const sent = sentIn(retried);
  const most = Math.max(total, sent);
  const goesOn = next !== null && mayChange && !stopped;
  const asked = { "hx-vals": JSON.stringify({ said: headlineOf(props), seen: runTag(props) }) };
  return (
    <>
      <h2>{headlineOf(props)}</h2>
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
      <Outcome retried={retried} state={state} />
      {goesOn ? (
        <div
          {...asked}
          hx-post={runHref(run)}
          hx-trigger="load delay:100ms"
          hx-target="#retry"
        ></div>
      ) : !stopped && (next !== null || (retried.counts.pending ?? 0) > 0) ? (
        <div
          id="retry-look"
          {...asked}
          {...lookAgain("retry")}
          hx-get={runHref(run)}
          hx-target="#retry"
        />
      ) : null}
    </>
  );
}

/** What a step changes besides: what is read out, and the buttons once it is through. `said`: what the page says. */
export function RetryNews(props: RunProps & { said: string }) {
  const headline = headlineOf(props);
  if (headline === props.said) return null;
  return (
    <>
      <p id="retry-said" hx-swap-oob="innerHTML">
        {headline}
      </p>
      {props.state.next === null ? <div id="retry-buttons" hx-swap-oob="innerHTML" /> : null}
    </>
  );
}

/** Differs whenever something else is to be shown. */
export function runTag({ state, retried }: Pick<RunProps, "state" | "retried">): string {
  const { delivered, pending, failed, filtered, gone } = retried.counts;
  return JSON.stringify([state.next === null, delivered, pending, failed, filtered, gone]);
}

function Buttons({ run, stopped }: RunProps) {
  return (
    <>
      <form method="post" action={runHref(run)}>
        <button class={stopped ? "main" : ""}>Go on</button>
      </form>
      {stopped ? null : (
        <a class="button" href={`${runHref(run)}?stopped`}>
          Stop
        </a>
      )}
    </>
  );
}

type Shown = Pick<RunProps, "state" | "retried" | "stopped">;

function headlineOf({ state: { next }, retried, stopped }: Shown): string {
  const { counts } = retried;
  const sent = sentIn(retried);
  if (next !== null) return stopped ? "Stopped" : "Sending again …";
  if (sent === 0) return "Nothing was sent again";
  return (counts.pending ?? 0) > 0
    ? `${counted(sent, "message is", "messages are")} on the way again`
    : `${counted(sent, "message was", "messages were")} sent again`;
}

/** How many were put back so far, whoever had which page of them sent. */
function sentIn({ counts }: Retried): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** What has become of them. */
function Outcome({ retried, state }: Pick<RunProps, "retried" | "state">) {
  const { counts, failed } = retried;
  const { delivered = 0, pending = 0, failed: again = 0, filtered = 0, gone = 0 } = counts;
  if (sentIn(retried) === 0) {
    return state.next === null ? (
      <p>There was nothing that a retry helps: it was sent meanwhile, or must be replayed.</p>
    ) : null;
  }
  return (
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
                the {ORDINALS[index] ?? "next"}
                {index === 0 ? " event" : ""}
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
  );
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
