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
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    throw new Refusal("no_file", `${path}: ${why}.`, EXIT.usage);
  }
  const source = textOf(file, bytes);
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

/** Excel's "Unicode Text" is UTF-16, and says so by its first two bytes. */
function textOf(file: string, bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isUtf16 && bytes.includes(0)) {
    throw new Refusal("encoding", `${file} is not text in UTF-8: save it as such.`, EXIT.usage);
  }
  return Buffer.from(bytes).toString(isUtf16 ? "utf16le" : "utf8");
}
