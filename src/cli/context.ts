import type { Terminal } from "./terminal/terminal.ts";

/** What a command is given by the process that it runs in. */
export type Context = {
  terminal: Terminal;
  env: Record<string, string | undefined>;
  /** Where the person is: relative paths start there. */
  cwd: string;
  /** Milliseconds since 1970. */
  now: () => number;
};
