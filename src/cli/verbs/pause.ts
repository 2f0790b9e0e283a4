import type { Command } from "commander";
import type { Context } from "../context.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & AuthorOptions & { message: string };
type Paused = { destination: string; by: string; why: string; since: string; namespaces: string[] };

/** `causeway pause`: nothing is sent to a destination until somebody resumes it. */
export function pause(context: Context): Command {
  const command = hasAuthor(
    asksWorker(
      verb(
        "pause",
        "send nothing to a destination until it is resumed",
        "Sends nothing to a destination, from any namespace, until somebody resumes it. What is to go there waits, in order. Meanwhile /health/delivery answers 503.",
      ).argument("<destination>", "its name, or an address of the bot such as thread:C0123456789"),
    ),
  )
    .requiredOption("-m, --message <why>", "why, for whoever asks")
    .addHelpText(
      "after",
      `
Example:
  causeway pause licensing -m "the channel moves on Monday"
Ends with: causeway resume licensing`,
    );
  return answers<Options>(command, context, async (options, destination = "") => {
    const by = author(context, options.by);
    const paused = await adminApi(context, options).ask<Paused>(
      `/destinations/${encodeURIComponent(destination)}/pause`,
      { method: "POST", body: { by, why: options.message } },
    );
    return {
      json: paused,
      text: `${destination} is paused. What is to go there waits until: causeway resume ${destination}`,
    };
  });
}
