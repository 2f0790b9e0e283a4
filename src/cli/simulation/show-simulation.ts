import type { EventInBrief } from "../../simulation/event-in-brief.ts";
import {
  nothingInWords,
  outcomeInWords,
  placeInWords,
} from "../../simulation/simulation-in-words.ts";
import type { SimulatedDelivery, Simulation } from "../../simulation/simulate-event.ts";
import type { OutgoingContent } from "../../slack/answer.ts";
import type { Context } from "../context.ts";
import { asJson } from "../terminal/as-json.ts";
import { named } from "../../words/named.ts";
import { oneLine } from "../../words/one-line.ts";
import { messageAsRead } from "./message-as-read.ts";

/** A simulation as `--json` has it. */
export type Simulated = Omit<Simulation, "deliveries"> & {
  /** What was simulated: the file, the sample, or the event's id. */
  of: string;
  event: EventInBrief;
  notes: string[];
  /** Documents that cannot be used, and may be meant for the event or for where it goes. */
  lacks: string[];
  deliveries: (SimulatedDelivery & { blockKitBuilder: string | null })[];
};

/** A simulation for people: the event, every rule with why, and each message as it will be read. */
export function showSimulation(
  { style }: Context["terminal"],
  { of, event, notes, waits, reason, rules, lacks, deliveries }: Simulated,
  { blocks = false, only }: { blocks?: boolean; only?: string | undefined },
): string {
  const verdicts = rules.map(({ mapping, rule, matched, why }) => {
    const sign = matched ? style("green", "✓") : style("dim", "✗");
    return `  ${sign} ${mapping} › ${rule}\n      ${matched ? shown(why) : style("dim", shown(why))}`;
  });
  const sections = [
    `${style("bold", eventLine(event))}\n  ${style(
      "dim",
      [of, event.url]
        .filter((each) => each !== null)
        .map(shown)
        .join("  "),
    )}`,
    ...notes.map((note) => `  ${style("yellow", "note:")} ${note}`),
    rules.length === 0 ? "" : `Rules\n${verdicts.join("\n")}`,
    ...deliveries.map((delivery) => {
      const body = contentLines(delivery.content, blocks).map((line) => `    ${line}`.trimEnd());
      const link = delivery.blockKitBuilder;
      const builder =
        link === null || !blocks ? [] : ["", `    ${style("dim", `Block Kit Builder: ${link}`)}`];
      const problem =
        delivery.problem === null ? [] : [`  ${style("yellow", "!")} ${delivery.problem}`];
      return [headline(delivery, style), ...problem, ...body, ...builder].join("\n");
    }),
    nothing(waits, reason, deliveries.length, only),
    lacks.length === 0
      ? ""
      : `${style("yellow", "!")} This may be why, or change it: ${named(lacks)} cannot be used.`,
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function eventLine({ type, title, path, actor, confidential, large }: EventInBrief): string {
  return [
    oneLine(type),
    title === null ? "" : `"${oneLine(title, 200)}"`,
    path === null ? "without a path" : `in ${oneLine(path, 200)}`,
    actor === null ? "" : `by ${oneLine(actor)}`,
    confidential ? "(confidential)" : "",
    large ? "(large: only its outline)" : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function nothing(
  waits: boolean,
  reason: string | null,
  count: number,
  only: string | undefined,
): string {
  const said = nothingInWords(waits, reason);
  if (said !== null) return said;
  return count === 0 && only !== undefined ? `Nothing would go to "${only}".` : "";
}

function headline(
  { destination, rule, outcome, place }: SimulatedDelivery,
  style: Context["terminal"]["style"],
): string {
  const where = place === null ? "" : ` (${placeInWords(place)})`;
  const to = `${style("bold", destination)}${where}, by the rule "${rule}"`;
  const said = outcomeInWords(outcome);
  const line = said === null ? to : `${to}: ${said}`;
  switch (outcome) {
    case "sent":
      return `${style("green", "→")} ${line}`;
    case "shadow":
      return `${style("cyan", "◌")} ${line}`;
    case "waits":
      return `${style("yellow", "⏸")} ${line}`;
    case "confidential":
    case "nowhere":
      return `${style("yellow", "⊘")} ${line}`;
  }
}

function contentLines(content: OutgoingContent | null, blocks: boolean): string[] {
  if (content === null) return [];
  switch (content.kind) {
    case "workflow":
      return Object.entries(content.variables).flatMap(([name, value]) => {
        const [first = "", ...more] = value.split("\n");
        return [`${name}: ${shown(first)}`, ...more.map((line) => `  ${shown(line)}`)];
      });
    case "message": {
      const json = { text: content.text, blocks: content.blocks };
      const as = blocks ? asJson(json) : messageAsRead(content.text, content.blocks);
      return as.split("\n").map((line) => (blocks ? line : `│ ${shown(line)}`));
    }
    case "issue": {
      const { title, description, labels, confidential } = content.draft;
      return [
        `title: ${shown(title)}${confidential ? " (confidential)" : ""}`,
        ...(labels.length === 0 ? [] : [`labels: ${shown(labels.join(", "))}`]),
        ...description.split("\n").map((line) => `│ ${shown(line)}`),
      ];
    }
  }
}

/** Longer than any line that Slack takes. */
const MAX_LINE = 12_000;

/** A line of what others wrote, without what would move the cursor. */
function shown(line: string): string {
  return oneLine(line, MAX_LINE);
}
