import type { Context } from "../context.ts";
import { counted } from "../../words/counted.ts";
import { firstFew } from "../../words/first-few.ts";
import { oneLine } from "../../words/one-line.ts";
import { minute, moment } from "../terminal/moment.ts";
import { table } from "../terminal/table.ts";
import {
  apartInWords,
  uncomparedInWords,
  verdictOf,
  whyLeak,
} from "../../operations/backtest/backtest-in-words.ts";
import type { Dead } from "../../operations/backtest/dead-destinations.ts";
import type { Example, Leak, Summary, Tally } from "../../operations/backtest/backtest-summary.ts";

/** A backtest as `--json` has it. */
export type Backtest = Summary & {
  /** ISO 8601: what was asked for, and since when there can be anything. */
  since: string;
  storedSince: string;
  dead: Dead[];
  notes: string[];
};

const EXAMPLES = 5;

type Style = Context["terminal"]["style"];

/** A backtest for people: what has to be looked at last, where it is still on the screen. */
export function showBacktest(style: Style, backtest: Backtest, all: boolean): string {
  const { events, posts, apart, added, removed, leaks, faults, moved, dead, notes } = backtest;
  const sections = [
    `${style("bold", counted(events.total, "event"))} since ${moment(backtest.since)}. Nothing was sent.`,
    notes.map((note) => `${style("yellow", "note:")} ${note}`).join("\n"),
    tableOf(backtest.tallies, posts, style),
    examples(`Would be posted, and was not (${added.length})`, "+", added, all, style),
    examples(`Was posted, and would not be (${removed.length})`, "−", removed, all, style),
    apartInWords(apart),
    uncomparedInWords(events),
    moved.length === 0
      ? ""
      : [
          "Somewhere else than now:",
          ...moved.map(
            ({ destination, messages }) =>
              `  ${destination}: ${counted(messages, "message")}, for its address is another one`,
          ),
        ].join("\n"),
    dead.length === 0
      ? ""
      : [
          style(
            "yellow",
            "Nothing came that would go to these destinations, although rules name them:",
          ),
          ...dead.map(({ destination, rules }) => `  ${destination} (${rulesInWords(rules)})`),
        ].join("\n"),
    faults.length === 0
      ? ""
      : [
          style("red", "To put right before this is published:"),
          ...faults.map(
            ({ said, where, events: count, example }) =>
              `  ${where === "" ? "" : `${where}: `}${oneLine(said, 400)} (${counted(count, "event")}, such as ${example})`,
          ),
        ].join("\n"),
    leaksInWords(leaks, all, style),
    verdictOf({
      events,
      posts,
      leaks: leaks.length,
      faults: faults.length,
      dead: dead.length,
    }),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function tableOf(tallies: Tally[], posts: Summary["posts"], style: Style): string {
  if (tallies.length === 0) return "";
  const row = (name: string, day: string, counts: Omit<Tally, "destination" | "day">): string[] => [
    name,
    day,
    String(counts.would).padStart("would post".length),
    String(counts.did).padStart("did post".length),
    ...(posts.unsent === 0 ? [] : [String(counts.unsent).padStart("unsent".length)]),
    difference(counts, style),
  ];
  const rows = tallies.map((tally, index) =>
    row(
      tallies[index - 1]?.destination === tally.destination ? "" : tally.destination,
      tally.day,
      tally,
    ),
  );
  const head = [
    "destination",
    "day (UTC)",
    "would post",
    "did post",
    ...(posts.unsent === 0 ? [] : ["unsent"]),
    "difference",
  ];
  return table([head.map((word) => style("dim", word)), ...rows, row("all", "", posts)]);
}

function difference({ added, removed }: Pick<Tally, "added" | "removed">, style: Style): string {
  const parts = [
    added === 0 ? "" : style("green", `+${added}`),
    removed === 0 ? "" : style("red", `−${removed}`),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "none" : parts.join(" ");
}

function examples(
  heading: string,
  sign: string,
  found: Example[],
  all: boolean,
  style: Style,
): string {
  if (found.length === 0) return "";
  return [
    `${heading}:`,
    ...shown(
      found.map((each) => `  ${sign} ${exampleInWords(each)}`),
      all,
      style,
    ),
  ].join("\n");
}

function leaksInWords(leaks: Leak[], all: boolean, style: Style): string {
  if (leaks.length === 0) return "";
  return [
    style(
      "red",
      `Confidential events would be told where they are not told now (${leaks.length}):`,
    ),
    ...shown(
      leaks.map((leak) => `  ! ${exampleInWords(leak)}: ${whyLeak(leak)}`),
      all,
      style,
    ),
  ].join("\n");
}

function exampleInWords({ at, type, title, project, destination, rule, event }: Example): string {
  return [
    minute(at),
    oneLine(type),
    title === null ? null : `"${oneLine(title)}"`,
    project === null ? null : `in ${oneLine(project, 100)}`,
    `→ ${destination}`,
    rule === null ? null : `by "${rule}"`,
    `(${event})`,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function rulesInWords(rules: Dead["rules"]): string {
  const said = rules.map(({ mapping, rule }) => `"${rule}" of ${mapping}`);
  return firstFew(said, 1).join(" ");
}

function shown(lines: string[], all: boolean, style: Style): string[] {
  if (all) return lines;
  return firstFew(lines, EXAMPLES, (more) =>
    style("dim", `  … and ${more} more: --all lists each`),
  );
}
