import type { Env } from "../../env.ts";
import { parseMapping } from "../../mappings/parse-document.ts";
import { documentProblems } from "../../publishing/document-problems.ts";
import { etagOf } from "../../publishing/etag.ts";
import { concerning, concernOf } from "./backtest-concern.ts";
import { countPace } from "./backtest-pace.ts";
import { backtestPage } from "./backtest-page.ts";
import type { BacktestReport } from "./backtest-report.ts";
import { documentsWithin, scopeOf } from "./backtest-scope.ts";
import { summarize } from "./backtest-summary.ts";
import { deadDestinations } from "./dead-destinations.ts";
import { joinSummaries } from "./join-summaries.ts";
import { publishedTexts } from "../publishing/published-texts.ts";

/** Events of one page: a Relay does other things between two of them. */
const PAGE = 250;
/** Somebody looks on: the report is shown again after so long. */
const AT_A_TIME_MS = 800;
/** A Worker may make 1,000 requests in one invocation, and each page is several. */
const PAGES_AT_A_TIME = 20;
const EXAMPLES = 6;

/** What became of the events that came before, if anything: a report, or why there is none. */
export type DraftTried =
  | { is: "report"; report: BacktestReport }
  /** Nobody is told otherwise. */
  | { is: "unaffected" }
  /** It cannot be run, and why. */
  | { is: "problem"; problem: string };

/** A report on nothing yet, of events since a moment (milliseconds). */
export function emptyReport(text: string, since: number): BacktestReport {
  return {
    print: etagOf(text),
    since,
    cursor: null,
    state: "running",
    progress: 0,
    storedSince: null,
    until: null,
    summary: summarize([]),
    leaks: 0,
    paces: [],
    dead: [],
  };
}

/**
 * Runs one draft among the published documents over the events that it could decide on, oldest first,
 * from where `before` ended and for about a second. Nothing is sent or stored.
 */
export async function backtestDraft(
  env: Env,
  { key, text, role }: { key: string; text: string; role: "view" | "edit" },
  before: BacktestReport,
  clock: () => number,
): Promise<DraftTried> {
  const [problem] = documentProblems(key, text);
  if (problem !== undefined) {
    const where = problem.path === "" ? "" : `${problem.path}: `;
    return { is: "problem", problem: `It cannot be used as it is. ${where}${problem.message}` };
  }
  const { items: published } = await publishedTexts(env);
  const all = [...published.filter((each) => each.key !== key), { key, text }];
  const scope = scopeOf(key, all);
  if (scope === null) return { is: "unaffected" };
  const documents = documentsWithin(scope, all).map((each) => ({ key: each.key, text: each.text }));
  const present = published.find((each) => each.key === key)?.text ?? null;
  const concerns = concernOf(key, [present, text]);
  const started = clock();
  let report = before;
  for (let page = 0; page < PAGES_AT_A_TIME; page += 1) {
    const { since, cursor } = report;
    const query = { documents, since, cursor, limit: PAGE, scope, role };
    const answer = await backtestPage(env, query, clock());
    if (answer === null) {
      return {
        is: "problem",
        problem: "KV could not be read. Nothing was changed; try again.",
      };
    }
    const { items, next, progress, storedSince } = answer;
    // Others may reach what the draft does not.
    const { reached } = summarize(items);
    const summary = { ...summarize(concerning(items, concerns)), reached };
    report = {
      ...report,
      cursor: next,
      state: next === null ? "done" : "running",
      progress,
      storedSince,
      until: items.at(-1)?.at ?? report.until,
      summary: joinSummaries(report.summary, summary, EXAMPLES),
      leaks: report.leaks + summary.leaks.length,
      paces: countPace(report.paces, items, documents),
    };
    if (next === null || clock() - started > AT_A_TIME_MS) break;
  }
  return { is: "report", report: { ...report, dead: deadIn(key, text, report) } };
}

/** What the draft's own rules name and nothing reached, once all events were looked at. */
function deadIn(key: string, text: string, { state, summary }: BacktestReport): string[] {
  if (state !== "done" || summary.events.total === 0 || !key.startsWith("mapping/")) return [];
  const mapping = parseMapping(key, text);
  if (!mapping.ok) return [];
  return deadDestinations([mapping.value], summary.reached).map(({ destination }) => destination);
}
