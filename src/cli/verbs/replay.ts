import { Option, type Command } from "commander";
import { EVENT_STATES } from "../../relay/event-state.ts";
import type { Context } from "../context.ts";
import { author, hasAuthor, type AuthorOptions } from "../author.ts";
import { asksConsent, consent, type ConsentOptions } from "../consent.ts";
import type { EventItem } from "../../operations/events/events.ts";
import { oneByOne } from "../operations/one-by-one.ts";
import { listed } from "../operations/listed.ts";
import { nothingMatches } from "../operations/nothing-matches.ts";
import { repeated } from "../repeated.ts";
import { since } from "../since.ts";
import { counted } from "../../words/counted.ts";
import { named } from "../../words/named.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions &
  AuthorOptions &
  ConsentOptions & {
    project?: string;
    since?: string;
    type?: string;
    state?: string;
    to?: string[];
    asItWas?: true;
    test?: string;
  };

const MOST = 10_000;
const STATES = EVENT_STATES.filter((state) => state !== "unreadable");

/** `causeway replay`: decides events anew by today's rules. */
export function replay(context: Context): Command {
  const command = hasAuthor(
    asksConsent(
      asksWorker(
        verb(
          "replay",
          "decide events anew by today's rules, and send what they say",
          "Decides events anew by today's rules, and sends to every destination that these name: also to those that had it already, unless --to names others. The oldest go first.",
        ).argument("[ids...]", "ids of events"),
      ),
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
    .addOption(
      new Option(
        "--as-it-was",
        "send the messages that there were, word for word, whatever the rules say today",
      ).conflicts("test"),
    )
    .addOption(
      new Option(
        "--test <destination>",
        "send what today's rules say to this channel alone, marked as a test",
      ).conflicts("to"),
    )
    .addHelpText(
      "after",
      `
Examples:
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ     (ids: causeway events)
  causeway replay --project gitlab-com/support --since 2h --state filtered
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ --to licensing
  causeway replay Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ --test playground
To send again what failed: causeway retry`,
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
      const question = `Replay ${what}? ${whoGetsThem(options)}.`;
      await consent(context, question, options.yes);
    }
    const query = toQuery(options, context);
    const items = await oneByOne(context, "Replaying", chosen, async (id) => ({
      id,
      ...(await api.ask<{ deliveries: string[]; reason: string | null }>(
        `/events/${encodeURIComponent(id)}/replay${query}`,
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

/** What is about to happen, for whoever is asked. */
function whoGetsThem({ to, asItWas, test }: Options): string {
  if (test !== undefined) return `${test} alone gets what today's rules say, marked as tests`;
  const before = "also where they were posted before";
  if (asItWas === true) {
    return `${to === undefined ? "Every destination that had a message" : named(to)} gets the same once more, word for word`;
  }
  return to === undefined
    ? `Every destination that today's rules name gets them, ${before}`
    : `What today's rules have for ${named(to)} goes there, ${before}`;
}

/** How the API is asked; nothing: by today's rules, to all. */
function toQuery({ to = [], asItWas, test, by }: Options, context: Context): string {
  const query = new URLSearchParams(to.map((name) => ["to", name]));
  if (asItWas === true) query.set("how", "again");
  if (test !== undefined) {
    query.set("how", "test");
    query.set("to", test);
  }
  query.set("by", author(context, by));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

function inWords(deliveries: number, reason: string | null): string {
  if (deliveries === 0) return `nothing is sent: ${reason ?? "no rule wanted it"}`;
  const sent = counted(deliveries, "message is on its way", "messages are on their way");
  return reason === null ? sent : `${sent}. Left out: ${reason}`;
}
