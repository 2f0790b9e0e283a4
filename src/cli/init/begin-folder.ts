import { cpSync, existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CHECKOUT } from "../checkout.ts";
import { makeFolder } from "../configuration/make-folder.ts";
import { schemasOf } from "../configuration/schema-line.ts";
import { starterFiles, type Beginning } from "./starter-files.ts";

/** What came of it: paths within the folder. */
export type Begun = {
  written: string[];
  /** What was there already, and was left as it is. */
  kept: string[];
};

/**
 * Writes a configuration to start from into a folder, and makes the folder where there is none.
 * Nothing is ever overwritten. Outside Causeway's checkout it gets a copy of the JSON Schemas.
 */
export function beginFolder(dir: string, beginning: Beginning): Begun {
  const begun: Begun = { written: [], kept: [] };
  const schemas = schemasOf(dir) ?? "schemas";
  for (const [file, text] of Object.entries(starterFiles(schemas, beginning))) {
    const isWritten = writeNew(join(dir, file), text);
    (isWritten ? begun.written : begun.kept).push(file);
  }
  if (schemas !== "schemas") return begun;
  const isThere = existsSync(join(dir, "schemas"));
  if (!isThere) cpSync(join(CHECKOUT, "schemas"), join(dir, "schemas"), { recursive: true });
  (isThere ? begun.kept : begun.written).push("schemas/");
  return begun;
}

/** False: a file of that name is there, and stays as it is. */
function writeNew(file: string, text: string): boolean {
  makeFolder(dirname(file));
  try {
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
