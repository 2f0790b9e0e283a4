import { join, relative, sep } from "node:path";
import type { Position } from "../../folder/read-yaml.ts";
import { lintDocuments, type Finding } from "../../linting/lint-documents.ts";
import { readDocuments } from "../configuration/read-documents.ts";

/** A finding and where it stands; `file` is as the person would name it. */
export type LocatedFinding = Finding & Position & { file: string };

/** What was found in a folder, in the order of files and lines, and how many documents it has. */
export type LintedFolder = { documents: number; findings: LocatedFinding[] };

/**
 * Lints the YAML files of a configuration folder. Files are named as seen from `cwd`; `alertsTo` are the
 * destinations that the Worker's setting `ALERTS_TO` names. `others` are YAML files that are no documents.
 */
export function lintFolder(
  dir: string,
  cwd: string,
  alertsTo: string[] | null,
): LintedFolder & { others: string[] } {
  const { documents, problems, others } = readDocuments(dir);
  const named = (file: string): string => relative(cwd, join(dir, file)).split(sep).join("/");
  const byKey = new Map(documents.map((document) => [document.key, document]));
  const broken = new Set(problems.map(({ file }) => file.replace(/\.ya?ml$/, "")));
  // What cannot be read is there all the same: rules may name it.
  const stand = [...broken].filter((key) => !byKey.has(key)).map((key) => ({ key, text: "null" }));
  const linted = lintDocuments([...documents, ...stand], alertsTo).flatMap(
    (finding): LocatedFinding[] => {
      const document = byKey.get(finding.key);
      if (document === undefined) return [];
      return [{ ...finding, file: named(document.file), ...document.positionOf(finding.path) }];
    },
  );
  const unreadable = problems.map(({ file, message, line, column }): LocatedFinding => ({
    key: file.replace(/\.ya?ml$/, ""),
    path: "",
    severity: "error",
    code: "yaml",
    message: `it cannot be read: ${message}`,
    file: named(file),
    line,
    column,
  }));
  return {
    others,
    documents: documents.length + broken.size,
    findings: [...unreadable, ...linted].toSorted(
      (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
    ),
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
