import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { fixHere, problemsHere } from "../operations/fix-here.ts";
import { kvFindings } from "../operations/kv-findings.ts";
import { showProblems } from "../operations/show-problems.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

/** `causeway problems`: paused destinations, documents that cannot be used, why events wait. */
export function problems(context: Context): Command {
  const command = asksWorker(
    verb(
      "problems",
      "list paused destinations, unusable documents, and why events wait",
      "Lists paused destinations, documents in KV that cannot be used as they are, and why events wait. Exit code 1: there is something.",
    ),
  );
  return answers<WorkerOptions>(command, context, async (options) => {
    const api = adminApi(context, options);
    const { items } = await api.ask<{ items: ProblemItem[] }>("/problems");
    const kv = await kvFindings(api, items);
    const isWell = items.length === 0 && kv.length === 0;
    return {
      json: { items, kv },
      text: isWell
        ? "No problems: nothing is paused, and all documents can be used."
        : showProblems(
            problemsHere(items, api.isLocal),
            kv.map((each) => ({ ...each, fix: fixHere(each.fix, api.isLocal) })),
            context.terminal,
          ),
      exit: isWell ? EXIT.done : EXIT.found,
    };
  });
}
