import type { Command } from "commander";
import type { BacktestPage } from "../../operations/backtest/backtest-page.ts";
import { parseId } from "../../relay/ids.ts";
import { sourceOf } from "../../relay/relay-name.ts";
import type { BacktestItem } from "../../simulation/with-exposures.ts";
import { configurationDir } from "../configuration/configuration-dir.ts";
import type { Context } from "../context.ts";
import { deadDestinations } from "../../operations/backtest/dead-destinations.ts";
import { showBacktest, type Backtest } from "../backtest/show-backtest.ts";
import { backtestNotes } from "../../operations/backtest/backtest-in-words.ts";
import { summarize } from "../../operations/backtest/backtest-summary.ts";
import { usableDraft } from "../backtest/usable-draft.ts";
import { since as momentOf } from "../since.ts";
import { EXIT } from "../terminal/refusal.ts";
import { withProgress } from "../terminal/with-progress.ts";
import { withLiveDocuments } from "../simulation/draft-documents.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & { since: string; all?: boolean; keep?: boolean };

/** `causeway backtest`: a folder's rules over what the Worker really received. */
export function backtest(context: Context): Command {
  const command = verb(
    "backtest",
    "run a folder's rules over the events that really came",
    "Runs the rules of a folder over the events that the Worker received: what they would have posted, what was posted, and the difference. It compares who is told, not the words. Nothing is sent or stored. Ends with 0, or with 1 when a confidential event would be told where it is not told now, or something in the folder has to be put right.",
  )
    .argument("[dir]", "the configuration folder (default: this one)")
    .option("--since <when>", "start so long ago (30m, 24h, 7d), or at a date or time", "7d")
    .option("--keep", "add what the Worker has and the folder has not, as push --keep leaves it")
    .option("--all", "list every message that would be new or gone, not only examples")
    .addHelpText(
      "after",
      `
Examples:
  causeway backtest
  causeway backtest my-configuration --since 24h --all
  causeway backtest --since 2026-11-16 --json`,
    );
  return answers<Options>(asksWorker(command), context, async (options, given) => {
    const draft = usableDraft(configurationDir(context, given));
    const since = momentOf(options.since, context.now());
    const api = adminApi(context, options);
    const documents =
      options.keep === true ? await withLiveDocuments(api, draft.documents) : draft.documents;
    const { items, retentionDays, storedSince } = await run(context, api, documents, since);
    const summary = summarize(items);
    const ofSlack = items.some(({ id }) => sourceOf(parseId(id)?.relay ?? "") === "slack");
    const notes = backtestNotes({ since, storedSince, retentionDays, summary, ofSlack });
    const result: Backtest = {
      since: new Date(since).toISOString(),
      storedSince,
      notes,
      ...summary,
      dead: items.length === 0 ? [] : deadDestinations(draft.mappings, summary.reached),
    };
    const found = summary.leaks.length + summary.faults.length > 0;
    return {
      json: result,
      text: showBacktest(context.terminal.style, result, options.all === true),
      exit: found ? EXIT.found : EXIT.done,
    };
  });
}

/** The documents go along with each page: the fewer pages the better. */
const PAGE = 100;
/** The percentage is as much as can be known without counting. */
const WHOLE = 100;

async function run(
  { terminal }: Context,
  api: AdminApi,
  documents: { key: string; text: string }[],
  since: number,
): Promise<Omit<BacktestPage, "next" | "progress">> {
  const items: BacktestItem[] = [];
  return await withProgress(terminal, "percent", WHOLE, async (at) => {
    for (let cursor: string | null = null; ;) {
      const page: BacktestPage = await api.ask("/backtests", {
        method: "POST",
        body: { documents, since: new Date(since).toISOString(), cursor, limit: PAGE },
      });
      items.push(...page.items);
      at(Math.floor(page.progress * WHOLE));
      cursor = page.next;
      if (cursor === null) return { ...page, items };
    }
  });
}
