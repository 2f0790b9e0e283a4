import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
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
    // Without it two sides are compared rather than three: nothing is overwritten that is not shown.
    return null;
  }
}

/** Keeps what both agree on now. It is this checkout's own, so Git is told to ignore it. */
export function writeBase(dir: string, target: Target, base: Base): void {
  const file = fileOf(dir, target);
  mkdirSync(join(dir, FOLDER), { recursive: true });
  writeFileSync(join(dir, FOLDER, ".gitignore"), "*\n");
  const documents = Object.fromEntries([...base].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(`${file}.new`, JSON.stringify({ target: target.name, documents }, null, 2));
  renameSync(`${file}.new`, file);
}

function fileOf(dir: string, { address }: Target): string {
  const hash = createHash("sha256").update(address).digest("hex").slice(0, 16);
  return join(dir, FOLDER, `${hash}.json`);
}
