import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import type { DeliveryItem } from "../operations/api-answers.ts";
import { listed } from "../operations/listed.ts";
import { localTime } from "../operations/local-time.ts";
import { printable } from "../operations/printable.ts";
import { since } from "../since.ts";
import { styledState } from "../operations/styled-state.ts";
import { wholeNumber } from "../operations/whole-number.ts";
import { destinationName } from "../operations/why-posted.ts";
import { table } from "../terminal/table.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  state?: string;
  destination?: string;
  project?: string;
  role?: string;
  since?: string;
  limit: string;
};

const STATES = ["pending", "delivered", "failed", "filtered", "shadow"];
const ROLES = ["rule", "replay", "alert"];

/** `causeway deliveries`: the messages that were or are to be sent, those of the newest events first. */
export function deliveries(context: Context): Command {
  const command = asksWorker(
    verb(
      "deliveries",
      "list the messages that were or are to be sent",
      "List the messages that were or are to be sent.",
    ),
  )
    .addOption(new Option("--state <state>", "only those in this state").choices(STATES))
    .option("--destination <name>", 'only to this destination; "thread", "dm" … mean all of a kind')
    .option("--project <path>", "only about this project, or this group with all below it")
    .addOption(new Option("--role <role>", "only those that were made for this").choices(ROLES))
    .option("--since <when>", "only about events since then: 30m, 24h, 7d, 2026-11-22")
    .addOption(new Option("--limit <n>", "at most so many").default("20", "20"))
    .addHelpText(
      "after",
      `
Examples:
  causeway deliveries --state pending
  causeway deliveries --destination licensing --since 24h`,
    );
  return answers<Options>(command, context, async (options) => {
    const { terminal } = context;
    const { state, destination, project, role } = options;
    const from = options.since === undefined ? null : since(options.since, context.now());
    const limit = wholeNumber("--limit", options.limit, 10_000);
    const { items, more } = await listed<DeliveryItem>(
      adminApi(context, options),
      "/deliveries",
      { state, destination, project, role },
      limit,
      ({ event }) => from !== null && Date.parse(event.receivedAt) < from,
    );
    if (more) terminal.note(`There are more than ${limit}: --limit shows more.`);
    return {
      json: { items, more },
      text:
        items.length === 0 ? "No such delivery." : table(items.map((item) => row(item, context))),
    };
  });
}

function row(item: DeliveryItem, { terminal }: Context): string[] {
  const { id, event, state, role, reason, last, createdAt } = item;
  const said = state === "delivered" ? null : (reason ?? last?.answer ?? null);
  return [
    localTime(createdAt),
    styledState(state, terminal),
    `${destinationName(item)}${role === "rule" ? "" : ` (${role})`}`,
    printable(event.type),
    `${printable(event.title ?? "-", 40)}${said === null ? "" : terminal.style("dim", ` (${printable(said, 50)})`)}`,
    terminal.style("dim", id),
  ];
}
