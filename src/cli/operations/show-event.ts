import type { ShownEvent } from "../../relay/show-event.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { second } from "../terminal/moment.ts";
import { oneLine } from "../../words/one-line.ts";
import { styledState } from "./styled-state.ts";
import { brokenNow } from "../../operations/events/broken-now.ts";
import { destinationName, whyPosted } from "../../operations/events/why-posted.ts";

/** An event as people read it: what became of it in words, then every rule, then every delivery. */
export function showEvent(event: ShownEvent, problems: ProblemItem[], terminal: Terminal): string {
  return [
    [headline(event, terminal), detailsOf(event, terminal)].join("\n"),
    [...whyPosted(event, problems), ...whereToLook(event)].join("\n"),
    rulesOf(event.rules, problems, terminal),
    ...event.replays.map(({ at, by, rules }) =>
      [
        `What the rules said when it was replayed, ${second(at)}${by === null ? "" : ` by ${oneLine(by, 60)}`}:`,
        rulesOf(rules, problems, terminal),
      ].join("\n"),
    ),
    deliveriesOf(event, terminal),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The event in one line. */
export function headline(
  { type, title, project, state }: Pick<ShownEvent, "type" | "title" | "project" | "state">,
  terminal: Terminal,
): string {
  const about = title === null ? "" : ` "${oneLine(title, 80)}"`;
  const where = project === null ? "" : ` in ${oneLine(project, 100)}`;
  return `${terminal.style("bold", oneLine(type))}${about}${where}: ${styledState(state, terminal)}`;
}

/** What keeps an event from being decided has a command of its own. */
function whereToLook({ state, reason, deliveries }: ShownEvent): string[] {
  const waits = state === "pending" && deliveries.length === 0 && reason !== null;
  return waits ? ['"causeway problems" says more.'] : [];
}

function detailsOf({ id, receivedAt, url, confidential }: ShownEvent, { style }: Terminal): string {
  const words = [
    `received ${second(receivedAt)}`,
    ...(confidential ? ["confidential"] : []),
    ...(url === null ? [] : [oneLine(url, 300)]),
    `event ${id}`,
  ];
  return words.map((word) => style("dim", `  ${word}`)).join("\n");
}

function rulesOf(rules: ShownEvent["rules"], problems: ProblemItem[], { style }: Terminal): string {
  if (rules.length === 0) return "";
  const mappings = [...new Set(rules.map(({ mapping }) => mapping))];
  return mappings
    .flatMap((mapping) => [
      style("bold", mapping),
      ...[brokenNow(mapping, problems) ?? []].flat().map((said) => style("yellow", `  ${said}`)),
      ...rules
        .filter((rule) => rule.mapping === mapping)
        .map(({ rule, matched, why }) => {
          const mark = matched ? style("green", "✓") : style("red", "✗");
          return `  ${mark} ${rule}${why === "" ? "" : style("dim", `  ${oneLine(why, 200)}`)}`;
        }),
    ])
    .join("\n");
}

function deliveriesOf({ deliveries }: ShownEvent, terminal: Terminal): string {
  const { style } = terminal;
  return deliveries
    .flatMap((delivery) => {
      const { id, role, state, reason, rule, attempts } = delivery;
      const kind = role === "rule" ? "" : ` (${role})`;
      const by = rule === null ? "" : style("dim", ` by "${rule}"`);
      return [
        `→ ${style("bold", destinationName(delivery))}${kind} ${styledState(state, terminal)}${by}`,
        ...(reason === null ? [] : [`    ${oneLine(reason, 300)}`]),
        ...attempts.map(({ at, status, answer, sent }) =>
          style(
            "dim",
            `    ${second(at)}  ${status ?? (sent === false ? "not sent" : "no answer")}  ${oneLine(answer, 200)}`,
          ),
        ),
        style("dim", `    delivery ${id}`),
      ];
    })
    .join("\n");
}
