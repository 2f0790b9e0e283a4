import { readdirSync } from "node:fs";
import { endWith, readCommandLine } from "../../bench/command-line.ts";

export type Options = {
  cases: number;
  /** Names of targets. */
  only: string[];
  seed: number;
  /** fast-check's way to one counterexample; null: all cases. */
  path: string | null;
};

const USAGE = `Usage: npm run fuzz -- [options]

  --cases N     cases of each target (100000)
  --only NAME   only this target; may be given several times
  --seed N      the same cases as a run with this seed (a new one)
  --path P      with --only and --seed: one counterexample again
  --help        this text`;

/** Each target's name and its test file, from the top of the project. */
export const TARGETS: ReadonlyMap<string, string> = new Map(
  ["test/fuzz/node", "test/fuzz"]
    .flatMap((dir) => readdirSync(dir).map((file) => `${dir}/${file}`))
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => [file.replace(/^.*\/|\.test\.ts$/g, ""), file]),
);

/** The command line's options; a wrong one ends the process with one sentence and the usage. */
export function readOptions(argv: string[]): Options {
  const { values, wholeNumber, refuse } = readCommandLine(argv, USAGE, {
    cases: { type: "string" },
    only: { type: "string", multiple: true },
    seed: { type: "string" },
    path: { type: "string" },
    help: { type: "boolean" },
  });
  if (values.help) endWith(`${USAGE}\n\nTargets: ${[...TARGETS.keys()].join(" ")}`);
  const cases = wholeNumber("cases", values.cases, 100_000, 1);
  const seed = wholeNumber("seed", values.seed, Date.now() % 2 ** 31, -(2 ** 31));
  const only = values.only ?? [];
  const unknown = only.find((name) => !TARGETS.has(name));
  if (unknown !== undefined) {
    refuse(`There is no target ${unknown}; there are ${[...TARGETS.keys()].join(", ")}.`);
  }
  return { cases, only, seed, path: values.path ?? null };
}
