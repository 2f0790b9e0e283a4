import type { Command } from "commander";
import type { Context } from "../context.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { counted } from "../../words/counted.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & AuthorOptions & ConsentOptions & { message: string };
type Discarded = { destination: string; discarded: number; more: boolean };

/** `causeway discard`: gives up what waits for a destination. */
export function discard(context: Context): Command {
  const command = hasAuthor(
    asksConsent(
      asksWorker(
        verb(
          "discard",
          "give up what waits for a destination",
          'Gives up what waits for a destination, in all namespaces: it is never sent, and ends as "filtered" with who and why. Nothing else changes: later events go there as before. One of its events can be replayed.',
        ).argument(
          "<destination>",
          "its name, or an address of the bot such as thread:C0123456789",
        ),
      ),
    ),
  )
    .requiredOption("-m, --message <why>", "why, for whoever asks")
    .addHelpText("after", '\nExample:\n  causeway discard old-channel -m "the channel is gone"');
  return answers<Options>(command, context, async (options, destination = "") => {
    const by = author(context, options.by);
    const api = adminApi(context, options);
    await consent(
      context,
      `Give up everything that waits for ${destination}? It will not be sent.`,
      options.yes,
    );
    const body = { by, why: options.message };
    const path = `/destinations/${encodeURIComponent(destination)}/discard`;
    let discarded = 0;
    try {
      for (let more = true; more;) {
        const page = await api.ask<Discarded>(path, { method: "POST", body });
        discarded += page.discarded;
        ({ more } = page);
        if (more) context.terminal.note(`${discarded} given up so far …`);
      }
    } catch (error) {
      if (!(error instanceof Refusal) || discarded === 0) throw error;
      const message = `${discarded} were given up, then it stopped. ${error.message}`;
      throw new Refusal(error.code, message, EXIT.partial);
    }
    return {
      json: { destination, discarded },
      text:
        discarded === 0
          ? `Nothing waits for ${destination}.`
          : `${counted(discarded, "delivery", "deliveries")} to ${destination} given up.`,
    };
  });
}
