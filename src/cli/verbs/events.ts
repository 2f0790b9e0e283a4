import { Option, type Command } from "commander";
import { EVENT_STATES } from "../../relay/event-state.ts";
import type { Context } from "../context.ts";
import type { DeliveryItem } from "../../operations/events/deliveries.ts";
import type { EventItem } from "../../operations/events/events.ts";
import { listReport } from "../operations/list-report.ts";
import { listed } from "../operations/listed.ts";
import { second } from "../terminal/moment.ts";
import { oneLine } from "../../words/one-line.ts";
import { since } from "../since.ts";
import { styledState } from "../operations/styled-state.ts";
import { answers, verb } from "../verb.ts";
import { wholeNumber } from "../whole-number.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  state?: string;
  type?: string;
  project?: string;
  text?: string;
  destination?: string;
  since?: string;
  limit: number;
};

const HEAD = ["received", "state", "type", "project", "title", "id"];
/** The newest of each kind: it is about a hint. */
const MOST_COMPARED = 200;

/** `causeway events`: what was received, the newest first. */
export function events(context: Context): Command {
  const command = asksWorker(
    verb(
      "events",
      "list what was received, and what became of it",
      "Lists what was received, the newest first, and what became of it.",
    ),
  )
    .addOption(new Option("--state <state>", "only list those in this state").choices(EVENT_STATES))
    .option("--type <type>", 'only list this type, or with a * at its end its beginning: "issue.*"')
    .option("--project <path>", "only list this project, or this group with all below it")
    .option("--text <text>", "only list those with this text in title, type or path")
    .option("--destination <name>", "only list those that went there, or were to go there")
    .option("--since <when>", "only list those since then: 30m, 24h, 7d, 2026-11-22")
    .addOption(
      new Option("--limit <n>", "list at most so many").default(20).argParser(wholeNumber(10_000)),
    )
    .addHelpText(
      "after",
      `
Examples:
  causeway events --state failed --since 24h
  causeway events --project gitlab-com/support --type "issue.*"
What became of one of them: causeway event <id>`,
    );
  return answers<Options>(command, context, async (options) => {
    const { state, type, project, text, destination, limit } = options;
    const asked = { state, type, project, text, destination };
    const from = options.since === undefined ? null : since(options.since, context.now());
    const api = adminApi(context, options);
    const found = await listed<EventItem>(
      api,
      "/events",
      asked,
      limit,
      ({ receivedAt }) => from !== null && Date.parse(receivedAt) < from,
    );
    if (state === "failed" && (await someFailedWhilePending(api, project))) {
      context.terminal.note(
        "Events of which something still waits count as pending, and are not in this list, though a message of theirs failed: causeway deliveries --state failed",
      );
    }
    return listReport(context, found, limit, {
      head: HEAD,
      row: (item) => row(item, context),
      asked: { ...asked, since: options.since },
      nothingAtAll: "Nothing was received yet.",
    });
  });
}

/** Whether something failed of an event that is still pending for another destination. */
async function someFailedWhilePending(
  api: AdminApi,
  project: string | undefined,
): Promise<boolean> {
  const [failed, pending] = await Promise.all([
    listed<DeliveryItem>(api, "/deliveries", { state: "failed", project }, MOST_COMPARED),
    listed<EventItem>(api, "/events", { state: "pending", project }, MOST_COMPARED),
  ]);
  const ids = new Set(pending.items.map(({ id }) => id));
  return failed.items.some(({ event, role }) => role !== "alert" && ids.has(event.id));
}

function row(item: EventItem, { terminal }: Context): string[] {
  const { id, type, state, reason, receivedAt, project, title } = item;
  const why = state === "delivered" || reason === null ? "" : ` (${oneLine(reason, 40)})`;
  return [
    second(receivedAt),
    styledState(state, terminal),
    oneLine(type),
    oneLine(project ?? "-", 100),
    `${oneLine(title ?? "-", 50)}${terminal.style("dim", why)}`,
    terminal.style("dim", id),
  ];
}
