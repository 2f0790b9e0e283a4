import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { readPeopleCsv } from "./read-people-csv.ts";
import { readPeopleYaml } from "./read-people-yaml.ts";
import type { Recognised } from "./recognise-person.ts";

/** Somebody in a list, as it was written, and where: `team.csv:12`. */
export type PersonEntry = Recognised & { place: string };

/** Reads a list of people: CSV with headings, or YAML. Throws a {@link Refusal} when it cannot be read. */
export function readPeople(path: string): PersonEntry[] {
  const file = basename(path);
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new Refusal("no_file", `${path}: ${why}.`, EXIT.usage);
  }
  switch (extname(file).toLowerCase()) {
    case ".csv":
    case ".tsv":
    case ".txt":
      return readPeopleCsv(file, source);
    case ".yaml":
    case ".yml":
    case ".json":
      return readPeopleYaml(file, source);
    default:
      throw new Refusal(
        "unknown_format",
        `${file}: expected a list of people as .csv or .yaml.`,
        EXIT.usage,
      );
  }
}
