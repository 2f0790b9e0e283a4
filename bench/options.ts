import { parseArgs } from "node:util";

export type Options = {
  short: boolean;
  rounds: number;
  /** Where the JSON goes; null for a new file in `bench/results/`. */
  json: string | null;
  /** Only count what events cost, for docs/scaling.md. */
  costs: boolean;
  /** Show what the Workers log. It slows them down. */
  logs: boolean;
  /** How long each closed loop pushes in each round. */
  throughputSeconds: number;
  /** How long each rate is held in each round. */
  rateSeconds: number;
  /** How long each step of an event's own work runs in each round. */
  workSeconds: number;
};

const USAGE = `Usage: npm run bench -- [options]

  --short        about two minutes, for CI: the ratios hold, single percentiles are rough
  --rounds N     rounds that the medians are taken over (5; 3 with --short)
  --json FILE    where the figures go as JSON (a new file in bench/results/)
  --costs        only counts what events cost, for docs/scaling.md (nine minutes)
  --logs         shows what the Workers log, which slows them down
  --help         this text`;

/** The command line's options; a wrong one ends the process with one sentence and the usage. */
export function readOptions(argv: string[]): Options {
  const values = parse(argv);
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const short = values.short ?? false;
  const rounds = Number(values.rounds ?? (short ? 3 : 5));
  if (!(Number.isInteger(rounds) && rounds >= 1)) refuse("--rounds takes a whole number from 1.");
  return {
    short,
    rounds,
    json: values.json ?? null,
    costs: values.costs ?? false,
    logs: values.logs ?? false,
    throughputSeconds: short ? 1 : 4,
    rateSeconds: short ? 2 : 8,
    workSeconds: short ? 0.08 : 0.3,
  };
}

function parse(argv: string[]) {
  try {
    const options = {
      short: { type: "boolean" },
      rounds: { type: "string" },
      json: { type: "string" },
      costs: { type: "boolean" },
      logs: { type: "boolean" },
      help: { type: "boolean" },
    } as const;
    return parseArgs({ args: argv, options }).values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(sentence: string): never {
  console.error(`${sentence}\n\n${USAGE}`);
  process.exit(2);
}
