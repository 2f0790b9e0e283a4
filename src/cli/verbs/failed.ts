import type { Command } from "commander";
import type { Context } from "../context.ts";
import type { Failures } from "../operations/api-answers.ts";
import { showFailures } from "../operations/show-failures.ts";
import { fixHere } from "../operations/fix-here.ts";
import { EXIT } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

/** `causeway failed`: what is stuck, by cause, with the fix and the command that puts it right. */
export function failed(context: Context): Command {
  const command = asksWorker(
    verb(
      "failed",
      "say what failed or is paused, by cause, with the fix",
      "Says what failed for good and which destinations are paused: by cause, with what to do about it and the command that sends the rest. Exit code 1: there is something.",
    ),
  );
  return answers<WorkerOptions>(command, context, async (options) => {
    const { terminal } = context;
    const api = adminApi(context, options);
    const { items, complete } = await api.ask<Failures>("/failures");
    const shown = items.map((item) => ({ ...item, fix: fixHere(item.fix, api.isLocal) }));
    if (!complete) terminal.note("There are so many that not all were counted.");
    return {
      json: { items, complete },
      text:
        items.length === 0
          ? "Nothing failed and nothing is paused."
          : showFailures(shown, terminal),
      exit: items.length === 0 ? EXIT.done : EXIT.found,
    };
  });
}
