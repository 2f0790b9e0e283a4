import { Option, type Command } from "commander";
import type { Context } from "../context.ts";
import type { ProblemItem } from "../../operations/overview/problems.ts";
import { follow } from "../operations/follow.ts";
import { second } from "../terminal/moment.ts";
import { newsOf, type Happened } from "../operations/news.ts";
import { pausedInWords, pauseOf } from "../../operations/destinations/pause-of.ts";
import { asJson } from "../terminal/as-json.ts";
import { oneLine } from "../../words/one-line.ts";
import { styledState } from "../operations/styled-state.ts";
import { destinationName } from "../../operations/events/why-posted.ts";
import { answers, verb } from "../verb.ts";
import { adminApi, asksWorker, type AdminApi, type WorkerOptions } from "../worker/admin-api.ts";

type Options = WorkerOptions & { project?: string; type?: string; state?: string; json?: boolean };

const STATES = ["pending", "delivered", "filtered", "failed", "shadow", "unreadable"];

/** `causeway tail`: what happens, as it happens. */
export function tail(context: Context): Command {
  const command = asksWorker(
    verb(
      "tail",
      "show events and messages as they happen",
      "Shows events as they come, and messages as they are sent, wait or fail: one line each, until Ctrl-C. With --json, one JSON document per line.",
    ),
  )
    .option("--project <path>", "only show this project, or this group with all below it")
    .option("--type <type>", 'only show this type, or with a * at its end its beginning: "issue.*"')
    .addOption(
      new Option("--state <state>", "only show what comes into this state").choices(STATES),
    )
    .addHelpText(
      "after",
      '\nExample:\n  causeway tail --project gitlab-com/support --type "issue.*"',
    );
  return answers<Options>(
    command,
    context,
    async (options) => {
      const { terminal, now } = context;
      const api = adminApi(context, options);
      const stop = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
      const notes = {
        away: (why: string) => terminal.note(`${why} Asking again every two seconds.`),
        back: (ms: number) => terminal.note(`It answers again, after ${Math.round(ms / 1000)} s.`),
      };
      const look = newsOf(api);
      const looked = async () => {
        const news = (await look()).filter((each) => isMeant(each, options));
        return await withPauses(news, api);
      };
      terminal.note(`Looking at ${api.url}; Ctrl-C ends it.`);
      for await (const happened of follow(looked, notes, now, stop.signal)) {
        terminal.print(options.json === true ? asJson(happened, 0) : line(happened, context));
      }
      return { json: undefined, text: "" };
    },
    { lines: true },
  );
}

/** What waits says what for. */
async function withPauses(news: Happened[], api: AdminApi): Promise<Happened[]> {
  if (!news.some((each) => each.kind === "delivery" && each.state === "pending")) return news;
  const { items } = await api.ask<{ items: ProblemItem[] }>("/problems");
  return news.map((each) => {
    if (each.kind !== "delivery" || each.state !== "pending") return each;
    const pause = pauseOf(each, items);
    return pause === undefined ? each : { ...each, reason: whyPaused(pause) };
  });
}

function whyPaused(pause: ProblemItem["pauses"][number]): string {
  const { code, said } = pause;
  const words = pausedInWords(pause);
  return said === code || words === said ? words : `${words}, ${said}`;
}

function isMeant(happened: Happened, { project, type, state }: Options): boolean {
  const about = happened.kind === "event" ? happened : happened.event;
  return (
    (state === undefined || happened.state === state) &&
    (type === undefined || typesOf(happened).some((each) => isOfType(each, type))) &&
    (project === undefined || isWithin(about.project ?? "", project))
  );
}

/** A delivery's event is known by its first type only. */
function typesOf(happened: Happened): string[] {
  return happened.kind === "event" ? happened.types : [happened.event.type];
}

function isOfType(type: string, wanted: string): boolean {
  return wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function isWithin(path: string, wanted: string): boolean {
  const [inner, outer] = [
    `${path}/`.toLowerCase(),
    `${wanted.replace(/(?<!\/)\/+$/, "")}/`.toLowerCase(),
  ];
  return inner.startsWith(outer);
}

function line(happened: Happened, { terminal }: Context): string {
  const { style } = terminal;
  const at = style("dim", second(happened.at).slice(-8));
  const state = styledState(happened.state, terminal);
  const about = happened.kind === "event" ? happened : happened.event;
  const title = about.title === null ? "" : `"${oneLine(about.title, 60)}"`;
  const why = whyOf(happened);
  const reason = why === null ? "" : style("dim", `(${oneLine(why, 120)})`);
  const words =
    happened.kind === "event"
      ? [
          at,
          style("bold", oneLine(happened.type)),
          oneLine(about.project ?? "", 100),
          title,
          state,
          reason,
        ]
      : [
          at,
          `  → ${destinationName(happened)}`,
          state,
          reason,
          style("dim", `${oneLine(about.type)} ${title}`),
        ];
  return words.filter((word) => word !== "").join("  ");
}

function whyOf(happened: Happened): string | null {
  if (happened.state === "delivered") return null;
  if (happened.reason !== null || happened.kind === "event") return happened.reason;
  return happened.last?.answer ?? null;
}
