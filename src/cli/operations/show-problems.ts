import type { Finding } from "../../checks/check.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { second } from "../terminal/moment.ts";
import { counted } from "../../words/counted.ts";
import { named } from "../../words/named.ts";
import { oneLine } from "../../words/one-line.ts";
import { pausedInWords } from "../../operations/destinations/pause-of.ts";
import { PAUSED_BY_PERSON } from "../../relay/lane.ts";

type In<T> = T & { namespace: string };

/**
 * What a person should look at, each once, wherever it holds things up; `kv`: what was found in KV
 * itself, which no namespace may have read yet.
 */
export function showProblems(items: ProblemItem[], kv: Finding[], { style }: Terminal): string {
  const arrow = style("cyan", "→");
  const head = (said: string, where: string) => `${style("yellow", said)}${style("dim", where)}`;
  const pauses = groups(
    items,
    ({ pauses: all }) => all,
    ({ code, said, fix }) => [code, said, fix],
  );
  const documents = groups(
    items,
    ({ documents: all }) => all,
    ({ key, problem, using }) => [key, problem, using],
  );
  return [
    ...pauses.map(({ first, all }) => {
      const names = [...new Set(all.map(({ destination }) => destination))].toSorted();
      const isPersons = first.code === PAUSED_BY_PERSON;
      const are = names.length === 1 ? "is" : "are";
      return [
        head(
          `${named(names)} ${are} ${oneLine(pausedInWords(first), 200)}`,
          isPersons ? since(all) : since(all) + within(all),
        ),
        ...(isPersons || first.said === first.code ? [] : [`  ${oneLine(first.said, 300)}`]),
        `  ${arrow} ${first.fix}`,
        ...(isPersons
          ? names.map((name) => `    ${style("bold", `causeway resume ${name}`)}`)
          : []),
      ];
    }),
    ...documents.map(({ first: { key, problem, using }, all }) => [
      head(`${key} cannot be used as it is`, since(all) + within(all)),
      `  ${oneLine(problem, 300)}`,
      `  ${arrow} Correct the document. Meanwhile ${using} is used.`,
    ]),
    ...kv.map(({ message, fix }) => [style("yellow", oneLine(message, 400)), `  ${arrow} ${fix}`]),
    ...groups(
      items,
      ({ waiting }) => waiting,
      ({ reason }) => [reason],
    ).map(({ first, all }) => {
      const count = all.reduce((sum, { events }) => sum + events, 0);
      const waits = counted(count, "event waits", "events wait");
      return [
        head(`${waits} to be decided`, since(all) + within(all)),
        `  ${oneLine(first.reason, 300)}`,
      ];
    }),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** What is the same in several namespaces, put together. */
function groups<T>(
  items: ProblemItem[],
  of: (item: ProblemItem) => T[],
  same: (each: T) => string[],
): { first: T; all: In<T>[] }[] {
  const each = items.flatMap((item) =>
    of(item).map((one): In<T> => ({ ...one, namespace: item.namespace })),
  );
  return [...Map.groupBy(each, (one) => JSON.stringify(same(one))).values()].flatMap((all) => {
    const [first] = all;
    return first === undefined ? [] : [{ first, all }];
  });
}

function since(all: { since: string }[]): string {
  return `  since ${second(all.map((each) => each.since).toSorted()[0] ?? "")}`;
}

function within(all: { namespace: string }[]): string {
  return `, in ${named([...new Set(all.map(({ namespace }) => namespace))].toSorted())}`;
}
