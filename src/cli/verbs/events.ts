import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import type { EventItem } from "../operations/api-answers.ts";
import { listed } from "../operations/listed.ts";
import { localTime } from "../operations/local-time.ts";
import { printable } from "../operations/printable.ts";
import { since } from "../since.ts";
import { styledState } from "../operations/styled-state.ts";
import { wholeNumber } from "../operations/whole-number.ts";
import { table } from "../terminal/table.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & {
  state?: string;
  type?: string;
  project?: string;
  text?: string;
  since?: string;
  limit: string;
};

const STATES = ["pending", "delivered", "filtered", "failed", "unreadable"];

/** `causeway events`: what was received, the newest first. */
export function events(context: Context): Command {
  const command = asksWorker(
    verb(
      "events",
      "list what was received, and what became of it",
      "List what was received, and what became of it.",
    ),
  )
    .addOption(new Option("--state <state>", "only those in this state").choices(STATES))
    .option("--type <type>", 'only this type, or with a * at its end its beginning: "issue.*"')
    .option("--project <path>", "only this project, or this group with all below it")
    .option("--text <text>", "only with this text in title, type or path")
    .option("--since <when>", "only since then: 30m, 24h, 7d, 2026-11-22")
    .addOption(new Option("--limit <n>", "at most so many").default("20", "20"))
    .addHelpText(
      "after",
      `
Examples:
  causeway events --state failed --since 24h
  causeway events --project gitlab-com/support --type "issue.*"
What became of one of them: causeway event <id>`,
    );
  return answers<Options>(command, context, async (options) => {
    const { terminal } = context;
    const { state, type, project, text } = options;
    const from = options.since === undefined ? null : since(options.since, context.now());
    const limit = wholeNumber("--limit", options.limit, 10_000);
    const api = adminApi(context, options);
    const { items, more } = await listed<EventItem>(
      api,
      "/events",
      { state, type, project, text },
      limit,
      ({ receivedAt }) => from !== null && Date.parse(receivedAt) < from,
    );
    if (more) terminal.note(`There are more than ${limit}: --limit shows more.`);
    return {
      json: { items, more },
      text: items.length === 0 ? "No such event." : table(items.map((item) => row(item, context))),
    };
  });
}

function row(item: EventItem, { terminal }: Context): string[] {
  const { id, type, state, reason, receivedAt, project, title } = item;
  const why = state === "delivered" || reason === null ? "" : ` (${printable(reason, 40)})`;
  return [
    localTime(receivedAt),
    styledState(state, terminal),
    printable(type),
    printable(project ?? "-", 100),
    `${printable(title ?? "-", 50)}${terminal.style("dim", why)}`,
    terminal.style("dim", id),
  ];
}
