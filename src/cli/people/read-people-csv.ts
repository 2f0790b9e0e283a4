import { CsvError, parse } from "csv-parse/sync";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import type { PersonEntry } from "./read-people.ts";
import { meaningOf, recognise, UNDERSTOOD } from "./recognise-person.ts";

/** The people of a table with a line of headings; columns are separated by commas, semicolons or tabs. */
export function readPeopleCsv(file: string, source: string): PersonEntry[] {
  const rows = parsed(file, source);
  const [headings, ...people] = rows;
  const names = headings?.record ?? [];
  const meanings = names.map(meaningOf);
  if (!meanings.includes("gitlab") || !(meanings.includes("slack") || meanings.includes("email"))) {
    throw new Refusal(
      "columns",
      `${file} has the columns ${names.join(", ") || "(none)"}. Its first line has to name ${UNDERSTOOD}.`,
      EXIT.usage,
    );
  }
  return people.map(({ record, info }) => ({
    place: `${file}:${info.lines}`,
    ...recognise(record.map((value, column) => [names[column] ?? "", value])),
  }));
}

type Row = { record: string[]; info: { lines: number } };

function parsed(file: string, source: string): Row[] {
  try {
    // The types of the parser say nothing of `info`, which makes a row an object.
    const rows: unknown = parse(source, {
      bom: true,
      delimiter: separatorOf(source),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    });
    return rows as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal("unreadable", `${file} cannot be read: ${error.message}.`, EXIT.usage);
  }
}

/** What the first line has most of. */
function separatorOf(source: string): string {
  const [first = ""] = source.split(/\r?\n/, 1);
  const counted = [",", ";", "\t"].map((separator) => ({
    separator,
    times: first.split(separator).length,
  }));
  return counted.reduce((most, each) => (each.times > most.times ? each : most)).separator;
}
