import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Where a command reads and writes: results on standard output, everything else on standard error. */
export type Terminal = {
  /** A result: a line of text, or several. */
  print: (text: string) => void;
  /** Something about the work, for the person: not part of the result. */
  note: (text: string) => void;
  /** Colours where the result is read by a person (and neither NO_COLOR nor a pipe says otherwise). */
  style: (style: Style, text: string) => string;
  /** Asks for a yes; null where nobody can answer. */
  confirm: (question: string) => Promise<boolean | null>;
  /** Shows how far something has come, where a person looks on. */
  progress: (label: string, total: number) => Progress;
};

export type Progress = { at: (done: number) => void; end: () => void };

const BAR = 30;

/** The terminal that this process was started in. */
export function processTerminal(): Terminal {
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
    style: (style, text) => styleText(style, text, { stream: process.stdout }),
    confirm,
    progress,
  };
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

function progress(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return { at: () => {}, end: () => {} };
  return {
    at(done) {
      const filled = Math.round((Math.min(done, total) / total) * BAR);
      const bar = "█".repeat(filled) + "░".repeat(BAR - filled);
      process.stderr.write(`\r\u001b[K${label} ${bar} ${done} of ${total}`);
    },
    end: () => process.stderr.write("\r\u001b[K"),
  };
}
