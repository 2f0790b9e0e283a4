import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../terminal/refusal.ts";
import { editYaml, freshYaml } from "./edit-yaml.ts";
import type { Taken } from "./pull-plan.ts";

/** Writes and removes the files of a pull; each is either the old one or the new one, never half. */
export function writeFiles(dir: string, taken: Taken[]): void {
  for (const { file, json, removed } of taken) {
    const path = join(dir, file);
    try {
      if (removed) {
        rmSync(path, { force: true });
        continue;
      }
      const text = existsSync(path) ? editYaml(readFileSync(path, "utf8"), json) : freshYaml(json);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, text);
      renameSync(`${path}.new`, path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Refusal("unwritable_file", `${file} cannot be written: ${reason}`);
    }
  }
}
