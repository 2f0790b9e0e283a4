import type { Terminal } from "../terminal/terminal.ts";
import type { FailureItem } from "./api-answers.ts";
import { localTime } from "./local-time.ts";
import { printable } from "./printable.ts";

/** Each cause with what it stopped, what to do about it, and the command that sends the rest. */
export function showFailures(items: FailureItem[], { style }: Terminal): string {
  return items
    .map((item) =>
      [
        style(item.kind === "failed" ? "red" : "yellow", `${headlineOf(item)}: ${item.code}`),
        `  ${printable(item.said, 300)}`,
        `  ${style("cyan", "→")} ${item.fix}`,
        ...commandsOf(item).map((command) => `    ${style("bold", command)}`),
        style("dim", `  ${timesOf(item)}`),
      ].join("\n"),
    )
    .join("\n\n");
}

/** The commands that put it right, once its cause is mended. */
function commandsOf({ destination, code, mend, count, examples }: FailureItem): string[] {
  switch (mend) {
    case "retry":
      return [`causeway retry --destination ${destination ?? ""} --cause ${code}`];
    case "replay": {
      const events = [...new Set(examples.map(eventOf))];
      const all =
        destination === null
          ? "causeway events --state failed"
          : `causeway deliveries --state failed --destination ${destination}`;
      return [
        `causeway replay ${events.join(" ")}`,
        ...(count > examples.length ? [`${all}     (lists all of them)`] : []),
      ];
    }
    case "resume":
      return [`causeway resume ${destination ?? ""}`];
    case "wait":
      return count === 0
        ? []
        : [`causeway discard ${destination ?? ""} -m "…"     (if nobody wants them any more)`];
    case "none":
      return [];
  }
}

/** The event of a delivery, or of an event itself, by its id. */
function eventOf(id: string): string {
  return id.split(".").slice(0, 2).join(".");
}

function headlineOf({ kind, destination, count }: FailureItem): string {
  if (kind === "paused") {
    const waiting = count === 1 ? "1 delivery waits" : `${count} deliveries wait`;
    return `${destination ?? ""} is paused, ${waiting}`;
  }
  if (destination === null) {
    return count === 1 ? "1 event could not be routed" : `${count} events could not be routed`;
  }
  return `${count === 1 ? "1 delivery" : `${count} deliveries`} to ${destination} failed`;
}

function timesOf({ kind, oldest, newest }: FailureItem): string {
  const what = kind === "failed" ? "failed" : "waiting since";
  const [from, to] = [localTime(oldest), localTime(newest)];
  return from === to || kind === "paused" ? `${what} ${from}` : `${what} from ${from} to ${to}`;
}
