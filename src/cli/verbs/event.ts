import type { Command } from "commander";
import type { ShownEvent } from "../../relay/show-event.ts";
import type { Context } from "../context.ts";
import type { EventItem } from "../../operations/events/events.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { problemsHere } from "../operations/fix-here.ts";
import { listed } from "../operations/listed.ts";
import { second } from "../terminal/moment.ts";
import { showEvent } from "../operations/show-event.ts";
import { styledState } from "../operations/styled-state.ts";
import { stillFailed } from "../../operations/events/why-posted.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { headedTable } from "../terminal/headed-table.ts";
import { oneLine } from "../../words/one-line.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

/** Others about the same issue that are named beside the newest. */
const OTHERS = 10;

/** `causeway event`: why one event was posted, or was not. */
export function event(context: Context): Command {
  const command = asksWorker(
    verb(
      "event",
      "say what became of one event: why it was posted, or why not",
      "Says why an event was posted, or why not: in words, rule by rule, and what Slack answered.",
    ).argument(
      "<id | address>",
      "an event's id, or the address of a GitLab issue or merge request",
    ),
  ).addHelpText(
    "after",
    `
Examples:
  causeway event https://gitlab.com/gitlab-com/support/-/issues/12
  causeway event Z2l0bGFiL2FjbWU.NTU4ZGIxNjQ0Y2VlYTZhZQ     (ids: causeway events)
The address of an issue means the newest event about it. Exit code 1: a message failed.`,
  );
  return answers<WorkerOptions>(command, context, async (options, given = "") => {
    const api = adminApi(context, options);
    const about = /^https?:/.test(given) ? await eventsAbout(api, given) : [];
    const id = about[0]?.id ?? given;
    const shown = await api.ask<ShownEvent>(`/events/${encodeURIComponent(id)}`);
    const { items } = await api.ask<{ items: ProblemItem[] }>("/problems");
    const problems = problemsHere(items, api.isLocal);
    const others = about.slice(1);
    const isFailed =
      stillFailed(shown).length > 0 || (shown.state === "failed" && shown.deliveries.length === 0);
    return {
      json: about.length === 0 ? shown : { ...shown, others },
      text: [showEvent(shown, problems, context.terminal), othersOf(others, context)]
        .filter((part) => part !== "")
        .join("\n\n"),
      exit: isFailed ? EXIT.found : EXIT.done,
    };
  });
}

async function eventsAbout(api: AdminApi, url: string): Promise<EventItem[]> {
  const { items } = await listed<EventItem>(api, "/events", { about: url }, OTHERS + 1);
  if (items.length > 0) return items;
  throw new Refusal(
    "never_received",
    `No event about ${url} is stored: either GitLab never sent one (look at the webhook in GitLab under Settings > Webhooks), or it is older than what is kept.`,
    EXIT.usage,
  );
}

function othersOf(others: EventItem[], { terminal }: Context): string {
  if (others.length === 0) return "";
  const rows = others.map(({ id, type, state, receivedAt }) => [
    second(receivedAt),
    styledState(state, terminal),
    oneLine(type),
    terminal.style("dim", id),
  ]);
  return `${terminal.style("bold", "Earlier about the same")}\n${headedTable(["received", "state", "type", "id"], rows, terminal)}`;
}
