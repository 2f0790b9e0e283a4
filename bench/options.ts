import { endWith, readCommandLine } from "./command-line.ts";

export type Options = {
  short: boolean;
  rounds: number;
  /** Where the JSON goes; null for a new file in `bench/results/`. */
  json: string | null;
  /** Only count what events cost, for docs/scaling.md. */
  costs: boolean;
  /** Only ask for the pages of the console. */
  pages: boolean;
  /** Show what the Workers log. It slows them down. */
  logs: boolean;
  /** How long each closed loop pushes in each round. */
  throughputSeconds: number;
  /** How long each rate is held in each round. */
  rateSeconds: number;
  /** How often each page of the console is asked for. */
  pageTimes: number;
  /** How long each step of an event's own work runs in each round. */
  workSeconds: number;
};

const USAGE = `Usage: npm run bench -- [options]

  --short        about two minutes, for CI: the ratios hold, single percentiles are rough
  --rounds N     rounds that the medians are taken over (5; 3 with --short)
  --json FILE    where the figures go as JSON (a new file in bench/results/)
  --costs        only counts what events cost, for docs/scaling.md (nine minutes)
  --pages        only asks for the pages of the console (half a minute)
  --logs         shows what the Workers log, which slows them down
  --help         this text`;

/** The command line's options; a wrong one ends the process with one sentence and the usage. */
export function readOptions(argv: string[]): Options {
  const { values, wholeNumber } = readCommandLine(argv, USAGE, {
    short: { type: "boolean" },
    rounds: { type: "string" },
    json: { type: "string" },
    costs: { type: "boolean" },
    pages: { type: "boolean" },
    logs: { type: "boolean" },
    help: { type: "boolean" },
  });
  if (values.help) endWith(USAGE);
  const short = values.short ?? false;
  return {
    short,
    rounds: wholeNumber("rounds", values.rounds, short ? 3 : 5, 1),
    json: values.json ?? null,
    costs: values.costs ?? false,
    pages: values.pages ?? false,
    logs: values.logs ?? false,
    throughputSeconds: short ? 1 : 4,
    rateSeconds: short ? 2 : 8,
    pageTimes: short ? 10 : 100,
    workSeconds: short ? 0.08 : 0.3,
  };
}
