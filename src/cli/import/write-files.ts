import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorInWords } from "../../words/error-in-words.ts";
import { writeAtomically } from "../configuration/write-atomically.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { ConfigurationFile } from "./configuration-files.ts";

/** `unchanged`: it was there with this very text. `skipped`: it was there with another, and was left alone. */
export type FileResult = ConfigurationFile & { state: "new" | "unchanged" | "skipped" };

/**
 * Writes files that are not there yet. Nothing is overwritten: where a file with another text is in the
 * way, a {@link Refusal} names all of them before anything is written, unless they are to be skipped.
 */
export function writeFiles(
  dir: string,
  files: ConfigurationFile[],
  { isDryRun, skipsExisting }: { isDryRun: boolean; skipsExisting: boolean },
): FileResult[] {
  const results = files.map((each): FileResult => ({ ...each, state: stateOf(dir, each) }));
  const inTheWay = results.filter(({ state }) => state === "skipped");
  if (inTheWay.length > 0 && !skipsExisting && !isDryRun) {
    throw new Refusal(
      "exists",
      `Nothing was written, because these files are there already: ${inTheWay.map(({ file }) => file).join(", ")}. Name an empty folder and take over what you want, or leave them as they are with --skip-existing.`,
      EXIT.conflict,
    );
  }
  if (isDryRun) return results;
  try {
    for (const { file, text, state } of results) {
      if (state !== "new") continue;
      // Not even what came in between is overwritten.
      writeAtomically(join(dir, file), text, { isNew: true });
    }
  } catch (error) {
    const said = errorInWords(error);
    throw new Refusal("disk", `The files could not be written: ${said}`, EXIT.partial);
  }
  return results;
}

function stateOf(dir: string, { file, text }: ConfigurationFile): FileResult["state"] {
  const path = join(dir, file);
  if (!existsSync(path)) return "new";
  return readFileSync(path, "utf8") === text ? "unchanged" : "skipped";
}
