import { parseArgs, type ParseArgsOptionsConfig } from "node:util";

/** What a program's options are, and how it ends where they are wrong or asked for. */
export type CommandLine<Options extends ParseArgsOptionsConfig> = {
  values: ReturnType<typeof parseArgs<{ args: string[]; options: Options }>>["values"];
  /** A whole number from `least`; any other ends the program. */
  wholeNumber: (
    name: string,
    given: string | undefined,
    otherwise: number,
    least: number,
  ) => number;
  /** Ends the program with one sentence and the usage. */
  refuse: (sentence: string) => never;
};

/** Reads a command line. An unknown option ends the program as {@link CommandLine.refuse} does. */
export function readCommandLine<const Options extends ParseArgsOptionsConfig>(
  argv: string[],
  usage: string,
  options: Options,
): CommandLine<Options> {
  function refuse(sentence: string): never {
    console.error(`${sentence}\n\n${usage}`);
    process.exit(2);
  }
  function parse() {
    try {
      return parseArgs({ args: argv, options }).values;
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
  }
  return {
    values: parse(),
    refuse,
    wholeNumber(name, given, otherwise, least) {
      const number = Number(given ?? otherwise);
      if (Number.isInteger(number) && number >= least) return number;
      return refuse(`--${name} takes a whole number from ${least}.`);
    },
  };
}

/** Ends the program with a text that was asked for. */
export function endWith(text: string): never {
  console.log(text);
  process.exit(0);
}
