import type { Command } from "commander";
import type { Context } from "../context.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { resumedInWords } from "../../operations/destinations/resumed-in-words.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & AuthorOptions;
type Resumed = {
  destination: string;
  by: string;
  wasPaused: boolean;
  namespaces: { namespace: string; result: "resumed" | "tried" | "not_paused" }[];
};

/** `causeway resume`: ends a person's pause, and tries what Slack stopped. */
export function resume(context: Context): Command {
  const command = hasAuthor(
    asksWorker(
      verb(
        "resume",
        "go on with a destination that is paused",
        "Ends a pause that a person made: what waited is sent, in order and at its pace. A destination that stopped by itself is tried at once, instead of within five minutes.",
      ).argument("<destination>", "its name, or an address of the bot such as thread:C0123456789"),
    ),
  );
  return answers<Options>(command, context, async (options, destination = "") => {
    const resumed = await adminApi(context, options).ask<Resumed>(
      `/destinations/${encodeURIComponent(destination)}/resume`,
      { method: "POST", body: { by: author(context, options.by) } },
    );
    return { json: resumed, text: inWords(resumed) };
  });
}

function inWords({ destination, wasPaused, namespaces }: Resumed): string {
  const results = namespaces.map(({ result }) => result);
  const words = resumedInWords(destination, wasPaused, results);
  return results.includes("tried") && !results.includes("resumed")
    ? `${words} "causeway problems" says what is wrong.`
    : words;
}
