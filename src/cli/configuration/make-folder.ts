import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../terminal/refusal.ts";

/**
 * Makes a folder and those above it, where there are none; a {@link Refusal} says which of them cannot be
 * made. Step by step: where the system makes no folder at all (/proc), Node tries a whole path for ever.
 */
export function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  try {
    mkdirSync(dir);
  } catch (error) {
    // Somebody else was faster.
    if (existsSync(dir)) return;
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal("not_written", `The folder ${dir} cannot be made (${code}).`);
  }
}
