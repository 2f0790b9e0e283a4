import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { errorInWords } from "../../words/error-in-words.ts";
import { writeAtomically } from "../configuration/write-atomically.ts";
import type { Context } from "../context.ts";
import type { Target } from "../targets/target.ts";
import type { Base } from "./differences.ts";

const FOLDER = ".causeway";
const BaseFile = z.object({ target: z.string(), documents: z.record(z.string(), z.string()) });

/** What the folder and the target last agreed on; null: they never met, or the file is damaged. */
export function readBase(dir: string, target: Target): Base | null {
  const file = fileOf(dir, target);
  if (!existsSync(file)) return null;
  try {
    const { documents } = BaseFile.parse(JSON.parse(readFileSync(file, "utf8")));
    return new Map(Object.entries(documents));
  } catch {
    // Without it nothing that others published is overwritten unless it is said so.
    return null;
  }
}

/**
 * Keeps what both agree on now. It is this checkout's own, so Git is told to ignore it. Where nothing can
 * be written that is said, and whatever was done stays done.
 */
export function writeBase({ terminal }: Context, dir: string, target: Target, base: Base): void {
  const documents = Object.fromEntries([...base].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  try {
    writeAtomically(join(dir, FOLDER, ".gitignore"), "*\n");
    writeAtomically(
      fileOf(dir, target),
      JSON.stringify({ target: target.name, documents }, null, 2),
    );
  } catch (error) {
    const reason = errorInWords(error);
    terminal.note(
      `It could not be kept in ${FOLDER}/ what is published now (${reason}), so the next push cannot tell what others changed since.`,
    );
  }
}

function fileOf(dir: string, { address }: Target): string {
  const hash = createHash("sha256").update(address).digest("hex").slice(0, 16);
  return join(dir, FOLDER, `${hash}.json`);
}
