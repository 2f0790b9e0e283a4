import type { Child } from "hono/jsx";
import type { Need } from "../../operations/overview/overview-needs.ts";
import { bigNumber } from "../../words/big-number.ts";
import { counted } from "../../words/counted.ts";
import { spanInWords } from "../../words/span-in-words.ts";
import { Moment } from "../moment.tsx";
import { documentAt } from "../publish/document-link.tsx";
import type { OverviewProps } from "./overview-page.tsx";
import { StuckCard } from "./stuck-card.tsx";

/** One thing that a person should know of: what it is, what to do, and where. */
export function NeedCard({ need, ...props }: OverviewProps & { need: Need }) {
  const { now, mayChange } = props;
  switch (need.is) {
    case "stuck":
      return <StuckCard cause={need.cause} {...props} />;
    case "document":
      return (
        <Said
          title={`${need.key} cannot be used`}
          fix="Correct the document and publish it."
          doing={
            <a class="button" href={documentAt(need.key)}>
              {mayChange ? "Correct it" : "Look at it"}
              <span class="unseen">: {need.key}</span>
            </a>
          }
        >
          {need.problem} Meanwhile Causeway uses {need.using}. <Since at={need.since} now={now} />
        </Said>
      );
    case "undecided":
      return (
        <Said
          title={`${counted(need.events, "event waits", "events wait")} to be decided`}
          fix="They go on by themselves once that is put right."
          doing={
            <a class="button" href="/admin/events?state=pending">
              Show them
            </a>
          }
        >
          {need.reason}. <Since at={need.since} now={now} />
        </Said>
      );
    case "publishing":
      return (
        <Said
          title="KV does not take what was published"
          fix="Nothing: it is tried again by itself, and what was published is in use meanwhile."
          doing={
            <a class="button" href="/admin/history">
              History
            </a>
          }
        >
          {need.problem}{" "}
          {need.documents === 0
            ? ""
            : `${counted(need.documents, "document waits", "documents wait")} to be written.`}
        </Said>
      );
    case "setting":
      return (
        <Said title="A setting of the Worker" fix={need.fix}>
          {need.message}
        </Said>
      );
    case "scope":
      return <Said title="The Slack app may not do enough">{need.said}</Said>;
    case "late":
      return (
        <Said
          title="A message is late"
          fix="Look at what waits, and why."
          doing={
            <a class="button" href="/admin/events?state=pending">
              Show what waits
            </a>
          }
        >
          It is {spanInWords(need.seconds * 1_000)} later than its pace explains.
        </Said>
      );
    case "silence":
      return (
        <Said
          title={`Nothing has come from GitLab for ${bigNumber(hoursSince(need.since, now))} hours`}
          fix="If that is odd, look at GitLab's hooks: GitLab switches one off that fails four times in a row."
          doing={
            <a class="button" href="/admin/hooks">
              GitLab's hooks
            </a>
          }
        >
          The last event came <Moment at={need.since} now={now} />.
        </Said>
      );
  }
}

function Said(props: { title: string; children: Child; fix?: string; doing?: Child }) {
  const { title, children, fix, doing } = props;
  return (
    <>
      <h3>{title}</h3>
      <p>{children}</p>
      {fix === undefined ? null : (
        <p>
          <b>What to do:</b> {fix}
        </p>
      )}
      {doing === undefined ? null : <div class="row">{doing}</div>}
    </>
  );
}

function Since(props: { at: number; now: number }) {
  return (
    <span class="soft">
      Since <Moment {...props} />.
    </span>
  );
}

function hoursSince(at: number, now: number): number {
  return Math.floor((now - at) / 3_600_000);
}
