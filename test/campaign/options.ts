import { endWith, readCommandLine } from "../../bench/command-line.ts";
import type { Scenario, Size } from "./scenario.ts";

export type Options = {
  size: Size;
  /** The scenarios to run, in order. */
  chosen: Scenario[];
  /** Whether all of them run at full size: only then the results are kept. */
  complete: boolean;
  seed: number;
  /** Show what the Workers log. */
  logs: boolean;
};

const USAGE = `Usage: npm run campaign -- [options]

  --short              small and under five minutes, for CI
  --only NAME[,NAME…]  these scenarios and no others
  --seed N             the seed of every scenario (1)
  --list               says what there is, and ends
  --logs               shows what the Worker logs
  --help               this text`;

/** The command line's options; a wrong one ends the process with one sentence and the usage. */
export function readOptions(argv: string[], scenarios: Scenario[]): Options {
  const { values, wholeNumber, refuse } = readCommandLine(argv, USAGE, {
    short: { type: "boolean" },
    only: { type: "string" },
    seed: { type: "string" },
    list: { type: "boolean" },
    logs: { type: "boolean" },
    help: { type: "boolean" },
  });
  if (values.help) endWith(USAGE);
  const size: Size = values.short ? "short" : "full";
  const names = values.only?.split(",");
  const unknown = names?.find((name) => !scenarios.some((each) => each.name === name));
  if (unknown !== undefined) refuse(`There is no scenario "${unknown}"; --list names them.`);
  const seed = wholeNumber("seed", values.seed, 1, 0);
  const chosen = scenarios.filter(
    ({ name, only }) => names?.includes(name) ?? (only === undefined || only === size),
  );
  if (values.list) {
    endWith(scenarios.map(({ name, group, says }) => `${name} (${group}): ${says}`).join("\n"));
  }
  const complete = size === "full" && names === undefined;
  return { size, chosen, complete, seed, logs: values.logs ?? false };
}
