import { Option, type Command } from "commander";
import { DELIVERY_STATES } from "../../relay/outcome-state.ts";
import { ROLES } from "../../relay/role.ts";
import type { Context } from "../context.ts";
import type { DeliveryItem } from "../../operations/events/deliveries.ts";
import { listReport } from "../operations/list-report.ts";
import { listed } from "../operations/listed.ts";
import { second } from "../terminal/moment.ts";
import { oneLine } from "../../words/one-line.ts";
import { since } from "../since.ts";
import { styledState } from "../operations/styled-state.ts";
import { destinationName } from "../../operations/events/why-posted.ts";
import { answers, verb } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  state?: string;
  destination?: string;
  project?: string;
  role?: string;
  since?: string;
  limit: number;
};

const HEAD = ["event received", "state", "destination", "type", "title", "id"];

/** `causeway deliveries`: the messages that were or are to be sent, those of the newest events first. */
export function deliveries(context: Context): Command {
  const command = asksWorker(
    verb(
      "deliveries",
      "list the messages that were or are to be sent",
      "Lists the messages that were or are to be sent, those of the newest events first.",
    ),
  )
    .addOption(
      new Option("--state <state>", "only list those in this state").choices(DELIVERY_STATES),
    )
    .option(
      "--destination <name>",
      'only list those to this destination; "thread", "dm" … mean all of a kind',
    )
    .option(
      "--project <path>",
      "only list those about this project, or this group with all below it",
    )
    .addOption(
      new Option("--role <role>", "only list those that were made for this").choices(ROLES),
    )
    .option("--since <when>", "only list those about events since then: 30m, 24h, 7d, 2026-11-22")
    .addOption(
      new Option("--limit <n>", "list at most so many").default(20).argParser(wholeNumber(10_000)),
    )
    .addHelpText(
      "after",
      `
Examples:
  causeway deliveries --state pending
  causeway deliveries --destination licensing --since 24h`,
    );
  return answers<Options>(command, context, async (options) => {
    const { state, destination, project, role, limit } = options;
    const asked = { state, destination, project, role };
    const from = options.since === undefined ? null : since(options.since, context.now());
    const found = await listed<DeliveryItem>(
      adminApi(context, options),
      "/deliveries",
      asked,
      limit,
      ({ event }) => from !== null && Date.parse(event.receivedAt) < from,
    );
    return listReport(context, found, limit, {
      head: HEAD,
      row: (item) => row(item, context),
      asked: { ...asked, since: options.since },
      nothingAtAll: "There are no messages yet.",
    });
  });
}

function row(item: DeliveryItem, { terminal }: Context): string[] {
  const { id, event, state, role, reason, last } = item;
  const said = state === "delivered" ? null : (reason ?? last?.answer ?? null);
  return [
    second(event.receivedAt),
    styledState(state, terminal),
    `${destinationName(item)}${role === "rule" ? "" : ` (${role})`}`,
    oneLine(event.type),
    `${oneLine(event.title ?? "-", 40)}${said === null ? "" : terminal.style("dim", ` (${oneLine(said, 50)})`)}`,
    terminal.style("dim", id),
  ];
}
