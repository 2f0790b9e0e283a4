import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { ProblemItem } from "../operations/api-answers.ts";
import { localTime } from "../operations/local-time.ts";
import { printable } from "../operations/printable.ts";
import { EXIT } from "../terminal/refusal.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

/** `causeway problems`: paused destinations, documents that cannot be used, why events wait. */
export function problems(context: Context): Command {
  const command = asksWorker(
    verb(
      "problems",
      "list paused destinations, unusable documents, and why events wait",
      "Lists paused destinations, documents that cannot be used as they are, and why events wait. Exit code 1: there is something.",
    ),
  );
  return answers<WorkerOptions>(command, context, async (options) => {
    const { items } = await adminApi(context, options).ask<{ items: ProblemItem[] }>("/problems");
    return {
      json: { items },
      text:
        items.length === 0
          ? "No problems: nothing is paused, and all documents can be used."
          : items.map((item) => show(item, context.terminal)).join("\n\n"),
      exit: items.length === 0 ? EXIT.done : EXIT.found,
    };
  });
}

function show({ namespace, pauses, documents, waiting }: ProblemItem, { style }: Terminal): string {
  const since = (at: string) => style("dim", `  since ${localTime(at)}`);
  const arrow = style("cyan", "→");
  return [
    style("bold", namespace),
    ...pauses.flatMap(({ destination, code, said, fix, since: at }) => [
      `  ${style("yellow", `${destination} is paused: ${code}`)}${since(at)}`,
      `    ${printable(said, 300)}`,
      `    ${arrow} ${fix}`,
    ]),
    ...documents.flatMap(({ key, problem, using, since: at }) => [
      `  ${style("yellow", `${key} cannot be used as it is`)}${since(at)}`,
      `    ${printable(problem, 300)}`,
      `    ${arrow} Correct the document. Meanwhile ${using} is used.`,
    ]),
    ...waiting.flatMap(({ events, reason, since: at }) => [
      `  ${style("yellow", events === 1 ? "1 event waits" : `${events} events wait`)}${since(at)}`,
      `    ${printable(reason, 300)}`,
    ]),
  ].join("\n");
}
