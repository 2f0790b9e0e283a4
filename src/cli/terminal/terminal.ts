import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";
import { marked, resolved, type Style } from "./marked-styles.ts";

/**
 * Where a command reads and writes: results on standard output, everything else on standard error.
 * Nothing that is written steers the terminal, whoever wrote it; colours are only those of `style`.
 */
export type Terminal = {
  /** A result: a line of text, or several. */
  print: (text: string) => void;
  /** Something about the work, for the person: not part of the result. */
  note: (text: string) => void;
  /** Colours where a person reads what is written (and NO_COLOR does not say otherwise). */
  style: (style: Style, text: string) => string;
  /** Asks for a yes; null where nobody can answer. */
  confirm: (question: string) => Promise<boolean | null>;
  /** Shows how far something has come, where a person looks on. It has to be ended: {@link withProgress} does. */
  progress: (label: string, total: number) => Progress;
};

export type Progress = { at: (done: number) => void; end: () => void };

const BAR = 30;
const CLEARED = "\r\u001b[K";

/** The terminal that this process was started in. */
export function processTerminal(): Terminal {
  let hasBar = false;
  const clear = (): void => {
    if (hasBar) process.stderr.write(CLEARED);
    hasBar = false;
  };
  return {
    print(text) {
      clear();
      process.stdout.write(`${shown(text, process.stdout)}\n`);
    },
    note(text) {
      clear();
      process.stderr.write(`${shown(text, process.stderr)}\n`);
    },
    style: marked,
    async confirm(question) {
      clear();
      return await confirm(shown(question, process.stderr));
    },
    progress(label, total) {
      if (!process.stderr.isTTY || total === 0) return { at: () => {}, end: () => {} };
      return {
        at(done) {
          hasBar = true;
          const filled = Math.round((Math.min(done, total) / total) * BAR);
          const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
          const said = resolved(label, false);
          process.stderr.write(`${CLEARED}${said} ${bar} ${done} of ${total}`);
        },
        end: clear,
      };
    },
  };
}

function shown(text: string, stream: NodeJS.WriteStream): string {
  return resolved(text, styleText("bold", "x", { stream }) !== "x");
}

async function confirm(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } catch (error) {
    // Ctrl+C and Ctrl+D are answers too.
    if (error instanceof Error && error.name === "AbortError") return false;
    throw error;
  } finally {
    asking.close();
  }
}
