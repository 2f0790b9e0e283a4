import type { Terminal } from "../terminal/terminal.ts";
import type { LintedFolder, LocatedFinding } from "./lint-folder.ts";

/** Findings for a person: errors, then warnings, each with its place, and how many there are. */
export function findingsAsText(
  { documents, findings }: LintedFolder,
  quiet: boolean,
  { style }: Pick<Terminal, "style">,
): string {
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const counted = [count(errors.length, "error"), count(warnings.length, "warning")].join(" and ");
  const summary = `${findings.length === 0 ? "Nothing to put right" : counted} in ${count(documents, "document")}.`;
  const parts = [
    ...section(style("red", "Errors"), errors),
    ...(quiet ? [] : section(style("yellow", "Warnings"), warnings)),
    summary,
  ];
  return parts.join("\n\n");

  function section(title: string, listed: LocatedFinding[]): string[] {
    return listed.length === 0
      ? []
      : [[title, ...listed.map((each) => `  ${line(each)}`)].join("\n")];
  }

  function line({ file, line: row, column, path, message, code }: LocatedFinding): string {
    const said = path === "" ? message : `${path}: ${message}`;
    // Names come from documents: nothing in them may steer the terminal.
    const plain = said.replace(/\p{Cc}+/gu, " ");
    return `${style("bold", `${file}:${row}:${column}`)} ${plain} ${style("dim", `[${code}]`)}`;
  }
}

function count(number: number, word: string): string {
  return `${number === 0 ? "no" : number} ${word}${number === 1 ? "" : "s"}`;
}
