import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Json } from "../../json.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { readExport } from "./read-export.ts";

/**
 * The exports that were named: one file, or all files of a folder whose names end in `ending`. Throws a
 * {@link Refusal} that says which one cannot be read.
 */
export function readSource(
  { cwd }: Context,
  given: string,
  ending: string,
): { file: string; json: Json }[] {
  const path = resolve(cwd, given);
  const found = filesAt(path, given, ending);
  if (found.length === 0) {
    throw new Refusal("no_export", `In ${given} is no file that ends in ${ending}.`, EXIT.usage);
  }
  return found.map((each) => {
    const file = relative(cwd, each) || given;
    const read = readExport(readFileSync(each, "utf8"));
    if (read === null) {
      throw new Refusal(
        "not_json",
        `${file} is no JSON. ${ending === ".json" ? "Zapier's export of account data has it as Zapfile.json." : "Slack's old Workflow Builder let you download it from the menu of the workflow."}`,
        EXIT.usage,
      );
    }
    return { file, json: read.json };
  });
}

function filesAt(path: string, given: string, ending: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch {
    throw new Refusal("no_file", `There is no ${given}, or it cannot be read.`, EXIT.usage);
  }
}
