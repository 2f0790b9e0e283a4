import type { Terminal } from "../terminal/terminal.ts";
import type { FailureItem } from "../../operations/failures/failure-item.ts";
import { second } from "../terminal/moment.ts";
import { counted } from "../../words/counted.ts";
import { firstFew } from "../../words/first-few.ts";
import { named } from "../../words/named.ts";
import { oneLine } from "../../words/one-line.ts";
import { pausedInWords } from "../../operations/destinations/pause-of.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";

/** So many destinations get a line of their own. */
const MOST = 5;
const GOES_ON =
  "Nothing is lost: what is to go there is kept, tried every 5 minutes, and sent by itself then.";

/** Each cause with what it stopped, what to do about it, and the commands that send the rest. */
export function showFailures(items: FailureItem[], { style }: Terminal): string {
  const causes = Map.groupBy(items, ({ kind, code, said, fix, mend, alert, destination }) =>
    JSON.stringify([
      kind,
      code,
      mend === "resume" ? said : "",
      fix,
      mend,
      alert,
      destination === null,
    ]),
  );
  return [...causes.values()]
    .map((group) => {
      const [first] = group;
      if (first === undefined) return "";
      const remark = remarkOf(first, sumOf(group));
      return [
        style(first.kind === "failed" ? "red" : "yellow", headlineOf(first, group)),
        ...firstFew(saidOf(first, group), MOST).map((said) => `  ${said}`),
        `  ${style("cyan", "→")} ${first.fix}`,
        ...(first.mend === "wait" ? [`  ${GOES_ON}`] : []),
        ...firstFew(commandsOf(first, group), MOST).map(
          (command) => `    ${style("bold", command)}`,
        ),
        ...(remark === null ? [] : [style("dim", `  ${remark}`)]),
        style("dim", `  ${timesOf(first, group)}`),
      ].join("\n");
    })
    .join("\n\n");
}

/** The commands that put it right, once its cause is mended: each sends only what did not arrive. */
function commandsOf({ mend, alert, code }: FailureItem, group: FailureItem[]): string[] {
  switch (mend) {
    case "retry":
      return alert
        ? group.map(({ examples }) => `causeway retry ${examples.join(" ")}`)
        : group.map((each) => `causeway retry --destination ${each.destination} --cause ${code}`);
    case "replay":
      return replaysOf(group);
    case "wait":
      return group.map(
        ({ destination }) => `causeway resume ${destination}     (tries it at once)`,
      );
    case "resume":
      return group.map(({ destination }) => `causeway resume ${destination}`);
    case "none":
      return [];
  }
}

/** One replay for each set of events, to where they did not arrive. */
function replaysOf(group: FailureItem[]): string[] {
  const sets = Map.groupBy(group, (each) => eventsOf(each).toSorted().join(" "));
  return [...sets.values()].flatMap((failed) => {
    const events = failed.slice(0, 1).flatMap(eventsOf);
    const to = failed.flatMap(({ destination }) => (destination === null ? [] : [destination]));
    const isCut = failed.some(({ count, examples }) => count > examples.length);
    const all =
      to.length === 0
        ? ["causeway events --state failed"]
        : to.map((name) => `causeway deliveries --state failed --destination ${name}`);
    return [
      ["causeway replay", ...events, ...to.map((name) => `--to ${name}`)].join(" "),
      ...(isCut ? all.map((command) => `${command}     (lists all of them)`) : []),
    ];
  });
}

/** The events of deliveries, or events themselves, by their ids. */
function eventsOf({ examples }: FailureItem): string[] {
  return [...new Set(examples.map((id) => id.split(".").slice(0, 2).join(".")))];
}

function headlineOf(first: FailureItem, group: FailureItem[]): string {
  const { kind, alert, code } = first;
  const count = sumOf(group);
  const names = namesOf(group);
  if (kind === "paused") {
    const are = group.length === 1 ? "is" : "are";
    const waiting =
      count === 0 ? "nothing waits" : counted(count, "message waits", "messages wait");
    return `${names} ${are} ${oneLine(pausedInWords(first), 200)} (${waiting})`;
  }
  if (names === "") return `${counted(count, "event")} could not be routed: ${code}`;
  const what = alert ? counted(count, "alert") : counted(count, "delivery", "deliveries");
  return `${what} to ${names} failed: ${code}`;
}

/** What was said besides the cause's own word; of several destinations with their names. */
function saidOf({ code, kind }: FailureItem, group: FailureItem[]): string[] {
  const isHeadline = code === PAUSED_BY_PERSON && kind === "paused";
  if (isHeadline || group.every(({ said }) => said === code)) return [];
  const [one, ...others] = new Set(group.map(({ said }) => oneLine(said, 300)));
  if (others.length === 0) return [one ?? ""];
  return group.map(({ destination, said }) => `${destination ?? "?"}: ${oneLine(said, 300)}`);
}

/** What is thinkable too, but is not advised. */
function remarkOf({ mend }: FailureItem, count: number): string | null {
  return mend === "wait" && count > 0
    ? "Should nobody want what waits any more: causeway discard gives it up for good."
    : null;
}

function timesOf({ kind }: FailureItem, group: FailureItem[]): string {
  const what = kind === "failed" ? "failed" : sumOf(group) === 0 ? "paused since" : "waiting since";
  const from = second(group.map(({ oldest }) => oldest).toSorted()[0] ?? "");
  const to = second(
    group
      .map(({ newest }) => newest)
      .toSorted()
      .at(-1) ?? "",
  );
  return from === to || kind === "paused" ? `${what} ${from}` : `${what} from ${from} to ${to}`;
}

function namesOf(group: FailureItem[]): string {
  return named(group.flatMap(({ destination }) => destination ?? []));
}

function sumOf(group: FailureItem[]): number {
  return group.reduce((sum, { count }) => sum + count, 0);
}
