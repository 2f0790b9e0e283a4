import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

/**
 * Writes a file, and its folder where there is none: whoever reads it, or breaks this off, sees the old
 * file or the new one. `isNew`: throws EEXIST where a file is there, also one that came just now.
 */
export function writeAtomically(path: string, text: string, { isNew = false } = {}): void {
  makeFolder(dirname(path));
  // Hidden, and not called .yaml: nobody takes one that was left behind for a document.
  const unfinished = join(dirname(path), `.${basename(path)}.new`);
  writeFileSync(unfinished, text);
  if (!isNew) {
    renameSync(unfinished, path);
    return;
  }
  try {
    linkSync(unfinished, path);
  } finally {
    rmSync(unfinished);
  }
}
