import { counted } from "../../words/counted.ts";
import type { Leak, Summary } from "./backtest-summary.ts";

/** What a back-test comes to, as far as one sentence needs it: what is listed elsewhere is counted. */
type Counts = Pick<Summary, "events" | "posts"> & { leaks: number; faults: number; dead: number };

/** What a back-test comes to, in a sentence; "" where there were no events. */
export function verdictOf({ events, posts, leaks, faults, dead }: Counts): string {
  if (events.total === 0) return "";
  const said = [
    posts.added + posts.removed === 0
      ? "The same events would be told in the same places (the words of messages are not compared)"
      : `${posts.added} more and ${posts.removed} fewer would be posted (${posts.would} instead of ${posts.did}${posts.unsent === 0 ? "" : ` and ${posts.unsent} unsent`})`,
    leaks === 0
      ? "nothing confidential would be told anew"
      : `${counted(leaks, "confidential message")} would go where such things are not told now`,
    ...(faults === 0 ? [] : [`${counted(faults, "thing")} to put right`]),
    ...(dead === 0 ? [] : [`${counted(dead, "destination")} that nothing would go to`]),
  ];
  return `${said.join("; ")}.`;
}

/** Why telling somebody of a confidential event would be new, to go on with after what it is. */
export function whyLeak({ why }: Pick<Leak, "why">): string {
  switch (why) {
    case "opened":
      return "the destination is not told confidential events now";
    case "new":
      return "the destination is new";
    case "moved":
      return "the destination posts somewhere else than now";
  }
}

/** What a back-test keeps apart, in a sentence; "" where there is nothing. */
export function apartInWords({
  wouldShadow,
  didShadow,
  replays,
  alerts,
}: Summary["apart"]): string {
  const parts = [
    wouldShadow + didShadow === 0
      ? ""
      : `in shadow mode ${wouldShadow} would be recorded and ${didShadow} were`,
    replays === 0 ? "" : `${counted(replays, "message")} sent again by people (replays)`,
    alerts === 0 ? "" : counted(alerts, "alert"),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Not counted above: ${parts.join("; ")}.`;
}

/** Which events could not be compared, in a sentence; "" where all could. */
export function uncomparedInWords({ undecided, failed, unreadable }: Summary["events"]): string {
  const parts = [
    undecided === 0 ? "" : `${undecided} not routed yet`,
    failed === 0 ? "" : `${failed} that could not be routed then`,
    unreadable === 0 ? "" : `${unreadable} unreadable`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Not compared: ${parts.join(", ")}.`;
}

/** What else to know: what time it covers, and what its figures leave out. `since` in milliseconds. */
export function backtestNotes(asked: {
  since: number;
  storedSince: string;
  retentionDays: number;
  summary: Pick<Summary, "events" | "posts">;
  ofSlack: boolean;
}): string[] {
  const { since, storedSince, retentionDays, summary, ofSlack } = asked;
  const { events, posts } = summary;
  return [
    ...(since < Date.parse(storedSince) - 60_000
      ? [`Events are kept for ${retentionDays} days (RETENTION_DAYS): older ones are not known.`]
      : []),
    ...(events.total === 0 ? ["No events came in that time."] : []),
    ...(posts.unsent === 0
      ? []
      : [
          `Unsent: ${counted(posts.unsent, "message")} that the rules wanted then, and that somebody gave up, that failed or that still wait. They are no difference.`,
        ]),
    ...(ofSlack
      ? [
          "Slack's events are run with what Slack said of them then. What was left out because it had been answered before (once, cooldown) is left out again, and taking answers back (undo) is not replayed.",
        ]
      : []),
  ];
}
