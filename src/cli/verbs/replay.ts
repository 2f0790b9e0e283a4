import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import type { EventItem } from "../operations/api-answers.ts";
import { oneByOne } from "../operations/one-by-one.ts";
import { listed } from "../operations/listed.ts";
import { nothingMatches } from "../operations/nothing-matches.ts";
import { repeated } from "../repeated.ts";
import { since } from "../since.ts";
import { counted } from "../terminal/counted.ts";
import { named } from "../terminal/named.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions &
  ConsentOptions & {
    project?: string;
    since?: string;
    type?: string;
    state?: string;
    to?: string[];
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
        "Decides events anew by today's rules, and sends to every destination that these name: also to those that had it already, unless --to names others. The oldest go first.",
      ).argument("[ids...]", "ids of events"),
    ),
  )
    .option("--since <when>", "replay those received since then: 30m, 24h, 7d, 2026-11-22")
    .option(
      "--project <path>",
      "of these, only replay this project, or this group with all below it",
    )
    .option("--type <type>", 'of these, only replay this type, or with a * at its end: "issue.*"')
    .addOption(
      new Option("--state <state>", "of these, only replay those in this state").choices(STATES),
    )
    .option(
      "--to <destination>",
      "only send to this destination, and to no other (may be repeated)",
      repeated,
    )
    .addHelpText(
      "after",
      `
Examples:
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ     (ids: causeway events)
  causeway replay --project gitlab-com/support --since 2h --state filtered
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ --to licensing
To send a message again as it was: causeway retry`,
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
      const what = counted(chosen.length, "event");
      const who =
        options.to === undefined
          ? "Every destination that today's rules name gets them"
          : `What today's rules have for ${named(options.to)} goes there`;
      const question = `Replay ${what}? ${who}, also where they were posted before.`;
      await consent(context, question, options.yes);
    }
    const items = await oneByOne(context, "Replaying", chosen, async (id) => ({
      id,
      ...(await api.ask<{ deliveries: string[]; reason: string | null }>(
        `/events/${encodeURIComponent(id)}/replay${toQuery(options.to ?? [])}`,
        { method: "POST" },
      )),
    }));
    return {
      json: { items },
      text:
        items.length === 0
          ? nothingMatches(
              {
                since: options.since,
                project: options.project,
                type: options.type,
                state: options.state,
              },
              "Nothing was received yet.",
            )
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

/** The destinations that it is for, as the API is asked; none: all. */
function toQuery(to: string[]): string {
  return to.length === 0
    ? ""
    : `?${new URLSearchParams(to.map((name) => ["to", name])).toString()}`;
}

function inWords(deliveries: number, reason: string | null): string {
  if (deliveries > 0)
    return counted(deliveries, "message is on its way", "messages are on their way");
  return `nothing is sent: ${reason ?? "no rule wanted it"}`;
}
