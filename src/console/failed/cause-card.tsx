import { targetAlone } from "../../mappings/address.ts";
import { causeInWords } from "../../operations/failures/cause-in-words.ts";
import type { FailureCause, Stopped } from "../../operations/failures/failure-causes.ts";
import { counted } from "../../words/counted.ts";
import { Moment } from "../moment.tsx";
import { StateMark } from "../state-mark.tsx";
import { FAILED } from "./failed-href.ts";
import type { FailedProps } from "./failed-props.ts";
import { Fix } from "./fix.tsx";
import { RetryForm } from "./retry-form.tsx";
import { StoppedTable } from "./stopped-table.tsx";

/** One cause: what it stopped, what a person does about it, and the buttons that send the rest. */
export function CauseCard(props: FailedProps & { cause: FailureCause; place: string }) {
  const { cause, place, ...common } = props;
  const { kind, code, mend, stopped } = cause;
  const [only] = stopped;
  const channel =
    stopped.length === 1 ? (common.channels.get(only?.destination ?? "") ?? null) : null;
  return (
    <section class="card" aria-labelledby={place}>
      <div class="row apart">
        <h2 id={place}>{causeInWords(code)}</h2>
        {kind === "paused" ? (
          <StateMark tone="waiting">paused</StateMark>
        ) : (
          <StateMark tone="bad">failed</StateMark>
        )}
      </div>
      <p>{sentenceOf(cause)}</p>
      <Fix cause={cause} channel={channel} names={common.names} />
      <Afterwards cause={cause} mayChange={common.mayChange} />
      {mend === "retry" && stopped.length > 1 && common.mayChange ? (
        <RetryForm meant={{ cause: code }} back={FAILED}>
          Retry all {cause.count}
        </RetryForm>
      ) : null}
      <StoppedTable cause={cause} place={place} {...common} />
    </section>
  );

  function sentenceOf({ count, oldest, newest }: FailureCause) {
    const to = stopped.length === 1 ? `to ${nameOf(only)}` : `to ${stopped.length} destinations`;
    if (kind === "paused") {
      const waiting =
        count === 0 ? "nothing waits" : counted(count, "message waits", "messages wait");
      return (
        <>
          {stopped.length === 1 ? `${nameOf(only)} is` : `${stopped.length} destinations are`}{" "}
          paused, and {waiting}.{" "}
          <span class="soft">
            {count === 0 ? "Paused" : "The first came"} <Moment at={oldest} now={common.now} />.
          </span>
        </>
      );
    }
    const what =
      only?.destination === null
        ? `${counted(count, "event")} could not be decided`
        : `${counted(count, "message")} ${to} failed`;
    return (
      <>
        {what}.{" "}
        <span class="soft">
          {count === 1 ? "It failed " : "The last failed "}
          <Moment at={newest} now={common.now} />
          {newest - oldest < 60_000 ? null : (
            <>
              , the first <Moment at={oldest} now={common.now} />
            </>
          )}
          .
        </span>
      </>
    );
  }
}

/** What happens once the cause is mended. */
function Afterwards({ cause, mayChange }: { cause: FailureCause; mayChange: boolean }) {
  switch (cause.mend) {
    case "wait":
      return (
        <p class="soft">
          Nothing is lost: what is to go there is kept, tried every 5 minutes, and sent by itself
          then.
        </p>
      );
    case "retry":
      return <p class="soft">Then retry: they are sent as they are.</p>;
    case "replay":
      return (
        <p class="soft">
          {cause.count === 1
            ? "Sent as it is, it would fail again. “Show it” leads to its rule."
            : "Sent as they are, they would fail again. “Show them” leads to their rules."}
          {cause.count > 1 && mayChange ? (
            <>
              {" "}
              Many of them are replayed at once on the command line, which says how many events it
              means before it sends: <code>{replayOf(cause)}</code>.
            </>
          ) : null}
        </p>
      );
    case "resume":
    case "none":
      return null;
  }
}

/** The command that replays all events of which something failed since then, to the destination of the cause alone. */
function replayOf({ stopped, oldest }: FailureCause): string {
  const since = new Date(oldest).toISOString().slice(0, 10);
  const to = stopped.flatMap(({ destination }) =>
    destination === null ? [] : ` --to ${stopped.length === 1 ? destination : "<destination>"}`,
  );
  return `npx causeway replay --since ${since} --state failed${to[0] ?? ""}`;
}

function nameOf(stopped: Stopped | undefined): string {
  return targetAlone(stopped?.destination ?? "");
}
