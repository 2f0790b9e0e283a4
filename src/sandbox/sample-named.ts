import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../test/fixtures/gitlab");

/** The names of the recorded bodies, such as `issue.open`, in order. */
export function sampleNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .toSorted();
}

/** A recorded body as GitLab sent it; null: there is none of this name. */
export function sampleNamed(name: string): string | null {
  return sampleNames().includes(name) ? readFileSync(join(FOLDER, `${name}.json`), "utf8") : null;
}
