import type { DraftTried } from "../../operations/backtest/backtest-draft.ts";
import { verdictOf } from "../../operations/backtest/backtest-in-words.ts";
import type { BacktestReport } from "../../operations/backtest/backtest-report.ts";
import { BacktestReportShown } from "./backtest-report.tsx";
import type { PresentDocument } from "../../publishing/present-document.ts";
import { ChangedMeanwhile } from "./changed-meanwhile.tsx";
import { ChangeWords } from "./change-words.tsx";

/**
 * What publishing a draft changes: in words, and for the events that came. While there are more to look
 * at it asks for them by itself, with what it has so far: nothing of it is kept anywhere else.
 */
export function WhatChanges(props: {
  /** What somebody else made of the document since the draft was begun (null: removed it), if anybody did. */
  meanwhile: PresentDocument | null | undefined;
  /** Null: what is published now is not known. */
  words: string[] | null;
  tried: DraftTried;
  ofSlack: boolean;
  retentionDays: number;
  now: number;
}) {
  const { meanwhile, words, tried, ofSlack, retentionDays, now } = props;
  const isSeen = tried.is !== "problem" && !isRunning(tried);
  return (
    <div class="backtest" {...(isSeen ? { "data-seen": "yes" } : {})}>
      {meanwhile === undefined ? null : <ChangedMeanwhile document={meanwhile} now={now} />}
      {words === null ? null : (
        <>
          <h3>{meanwhile === undefined ? "What changes" : "What you changed"}</h3>
          <ChangeWords words={words} />
        </>
      )}
      <h3>With the events that came</h3>
      {isSeen ? (
        // Read out once, at the end: the report itself is replaced every second until then.
        <p id="changes-said" hx-swap-oob="innerHTML">
          {saidOf(tried)}
        </p>
      ) : null}
      {tried.is === "problem" ? <p role="alert">{tried.problem}</p> : null}
      {tried.is === "unaffected" ? (
        <p>Who is told stays as it is: a person says whom messages mention, not where they go.</p>
      ) : null}
      {tried.is === "report" ? (
        <>
          {tried.report.state === "running" ? <Running report={tried.report} /> : null}
          {tried.report.state === "stopped" ? (
            <p>Stopped: later events were not looked at.</p>
          ) : null}
          <BacktestReportShown {...{ report: tried.report, ofSlack, retentionDays, now }} />
        </>
      ) : null}
    </div>
  );
}

function saidOf(tried: DraftTried): string {
  if (tried.is !== "report") return "Who is told stays as it is.";
  const { summary, leaks, dead } = tried.report;
  const { events, posts, faults } = summary;
  const counts = { events, posts, leaks, faults: faults.length, dead: dead.length };
  return verdictOf(counts) || "No events came in that time.";
}

function isRunning(tried: DraftTried): boolean {
  return tried.is === "report" && tried.report.state === "running";
}

function Running({ report }: { report: BacktestReport }) {
  const asks = {
    "hx-post": "/admin/try/backtest",
    "hx-target": "#changes",
    "hx-swap": "innerHTML",
    "hx-sync": "#changes:replace",
  };
  const json = JSON.stringify(report);
  const percent = Math.floor(report.progress * 100);
  return (
    <div class="row" {...asks} hx-trigger="load" hx-vals={JSON.stringify({ report: json })}>
      <label for="backtest-progress">Looking at events …</label>
      <progress id="backtest-progress" max={100} value={percent}>
        {`${percent} %`}
      </progress>
      <button
        type="button"
        id="backtest-stop"
        {...asks}
        hx-vals={JSON.stringify({ report: json, stop: "yes" })}
      >
        Stop here
      </button>
    </div>
  );
}
