import type { ShownEvent } from "../../relay/show-event.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ProblemItem } from "./api-answers.ts";
import { localTime } from "./local-time.ts";
import { printable } from "./printable.ts";
import { styledState } from "./styled-state.ts";
import { destinationName, whyPosted } from "./why-posted.ts";

/** An event as people read it: what became of it in words, then every rule, then every delivery. */
export function showEvent(event: ShownEvent, problems: ProblemItem[], terminal: Terminal): string {
  return [
    [headline(event, terminal), detailsOf(event, terminal)].join("\n"),
    whyPosted(event, problems).join("\n"),
    rulesOf(event, terminal),
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
  const about = title === null ? "" : ` "${printable(title, 80)}"`;
  const where = project === null ? "" : ` in ${printable(project, 100)}`;
  return `${terminal.style("bold", printable(type))}${about}${where}: ${styledState(state, terminal)}`;
}

function detailsOf({ id, receivedAt, url, confidential }: ShownEvent, { style }: Terminal): string {
  const words = [
    `received ${localTime(receivedAt)}`,
    ...(confidential ? ["confidential"] : []),
    ...(url === null ? [] : [printable(url, 300)]),
    `event ${id}`,
  ];
  return words.map((word) => style("dim", `  ${word}`)).join("\n");
}

function rulesOf({ rules }: ShownEvent, { style }: Terminal): string {
  if (rules.length === 0) return "";
  const mappings = [...new Set(rules.map(({ mapping }) => mapping))];
  return mappings
    .flatMap((mapping) => [
      style("bold", mapping),
      ...rules
        .filter((rule) => rule.mapping === mapping)
        .map(({ rule, matched, why }) => {
          const mark = matched ? style("green", "✓") : style("red", "✗");
          return `  ${mark} ${rule}${why === "" ? "" : style("dim", `  ${printable(why, 200)}`)}`;
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
        ...(reason === null ? [] : [`    ${printable(reason, 300)}`]),
        ...attempts.map(({ at, status, answer }) =>
          style("dim", `    ${localTime(at)}  ${status ?? "no answer"}  ${printable(answer, 200)}`),
        ),
        style("dim", `    delivery ${id}`),
      ];
    })
    .join("\n");
}
