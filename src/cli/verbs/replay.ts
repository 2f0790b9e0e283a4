import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import type { EventItem } from "../operations/api-answers.ts";
import { inTurn } from "../operations/in-turn.ts";
import { listed } from "../operations/listed.ts";
import { since } from "../since.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions &
  ConsentOptions & {
    project?: string;
    since?: string;
    type?: string;
    state?: string;
  };

const MOST = 10_000;
const STATES = ["pending", "delivered", "filtered", "failed"];

/** `causeway replay`: decides events anew by today's rules. */
export function replay(context: Context): Command {
  const command = asksConsent(
    asksWorker(
      verb(
        "replay",
        "decide events anew by today's rules, and send what they say",
        "Decides events anew by today's rules, and sends to every destination that these name: also to those that had it already. The oldest go first.",
      ).argument("[ids...]", "ids of events"),
    ),
  )
    .option("--since <when>", "those received since then: 30m, 24h, 7d, 2026-11-22")
    .option("--project <path>", "of these, only this project, or this group with all below it")
    .option("--type <type>", 'of these, only this type, or with a * at its end: "issue.*"')
    .addOption(new Option("--state <state>", "of these, only those in this state").choices(STATES))
    .addHelpText(
      "after",
      `
Examples:
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ     (ids: causeway events)
  causeway replay --project gitlab-com/support --since 2h --state filtered
To send one message again to one destination: causeway retry`,
    );
  return answers<Options>(command, context, async (options, ...given) => {
    const ids = given.flat();
    if ((options.since === undefined) === (ids.length === 0)) {
      throw new Refusal(
        "bad_usage",
        "Say which: ids of events, or --since <when>, which --project, --type and --state narrow.",
        EXIT.usage,
      );
    }
    const api = adminApi(context, options);
    const chosen = options.since === undefined ? ids : await received(context, api, options);
    if (options.since !== undefined && chosen.length > 0) {
      const what = chosen.length === 1 ? "1 event" : `${chosen.length} events`;
      const question = `Replay ${what}? Every destination that today's rules name gets them, also where they were posted before.`;
      await consent(context, question, options.yes);
    }
    const items = await inTurn(context, "Replaying", chosen, async (id) => ({
      id,
      ...(await api.ask<{ deliveries: string[]; reason: string | null }>(
        `/events/${encodeURIComponent(id)}/replay`,
        { method: "POST" },
      )),
    }));
    return {
      json: { items },
      text:
        items.length === 0
          ? "No such event."
          : items
              .map(({ id, deliveries, reason }) => `${id}  ${inWords(deliveries.length, reason)}`)
              .join("\n"),
    };
  });
}

/** The ids of what was received since then, the oldest first. */
async function received(context: Context, api: AdminApi, options: Options): Promise<string[]> {
  const from = since(options.since ?? "", context.now());
  const { project, type, state } = options;
  const { items, more } = await listed<EventItem>(
    api,
    "/events",
    { project, type, state },
    MOST,
    ({ receivedAt }) => Date.parse(receivedAt) < from,
  );
  if (more) {
    const message = `These are more than ${MOST} events. Narrow it with --project, --type or --state. Nothing was done.`;
    throw new Refusal("too_many", message, EXIT.usage);
  }
  // What is no JSON object cannot be decided.
  return items.flatMap((each) => (each.state === "unreadable" ? [] : each.id)).toReversed();
}

function inWords(deliveries: number, reason: string | null): string {
  if (deliveries > 0)
    return deliveries === 1 ? "1 message is on its way" : `${deliveries} messages are on their way`;
  return `nothing is sent: ${reason ?? "no rule wanted it"}`;
}
