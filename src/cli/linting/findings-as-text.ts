import { counted } from "../../words/counted.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { LintedFolder, LocatedFinding } from "./lint-folder.ts";

/** What is shown of a folder's findings, and how many errors and warnings there are in all. */
export type LintResult = LintedFolder & { errors: number; warnings: number };

/** Findings for a person: errors, then warnings, each with its place, and how many there are. */
export function findingsAsText(
  { documents, errors, warnings, findings }: LintResult,
  { style }: Pick<Terminal, "style">,
): string {
  const found = `${count(errors, "error")} and ${count(warnings, "warning")}`;
  const said = errors + warnings === 0 ? "Nothing to put right" : found;
  return [
    ...section(style("red", "Errors"), "error"),
    ...section(style("yellow", "Warnings"), "warning"),
    `${said} in ${count(documents, "document")}.`,
  ].join("\n\n");

  function section(title: string, wanted: LocatedFinding["severity"]): string[] {
    const lines = findings.filter(({ severity }) => severity === wanted).map(line);
    return lines.length === 0 ? [] : [[title, ...lines].join("\n")];
  }

  function line({ file, line: row, column, path, message, code }: LocatedFinding): string {
    const about = path === "" ? message : `${path}: ${message}`;
    // One finding is one line.
    const plain = about.replace(/\s+/g, " ");
    return `  ${style("bold", `${file}:${row}:${column}`)} ${plain} ${style("dim", `[${code}]`)}`;
  }
}

function count(number: number, word: string): string {
  return number === 0 ? `no ${word}s` : counted(number, word);
}
