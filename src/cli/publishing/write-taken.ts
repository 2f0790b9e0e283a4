import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorInWords } from "../../words/error-in-words.ts";
import { editYaml } from "../../folder/edit-yaml.ts";
import { freshYaml } from "../../folder/fresh-yaml.ts";
import { schemaLine, schemasOf } from "../configuration/schema-line.ts";
import { writeAtomically } from "../configuration/write-atomically.ts";
import { Refusal } from "../terminal/refusal.ts";
import type { Taken } from "./pull-plan.ts";

/** Writes and removes the files of a pull; each is either the old one or the new one, never half. */
export function writeTaken(dir: string, taken: Taken[]): void {
  const schemas = schemasOf(dir);
  const begun = (file: string): string => (schemas === null ? "" : schemaLine(schemas, file));
  for (const { file, json, removed } of taken) {
    const path = join(dir, file);
    try {
      if (removed) {
        rmSync(path, { force: true });
      } else if (existsSync(path)) {
        // A link stays one: what it leads to is written.
        writeAtomically(realpathSync(path), editYaml(readFileSync(path, "utf8"), json));
      } else {
        writeAtomically(path, begun(file) + freshYaml(json));
      }
    } catch (error) {
      const reason = errorInWords(error);
      throw new Refusal("unwritable_file", `${file} cannot be written: ${reason}`);
    }
  }
}
