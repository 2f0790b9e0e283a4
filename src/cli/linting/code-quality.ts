import { createHash } from "node:crypto";
import type { LocatedFinding } from "./lint-folder.ts";

/** An entry of a Code Quality report. */
type CodeQualityEntry = {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: "major" | "minor";
  location: { path: string; lines: { begin: number } };
};

/**
 * Findings as GitLab's Code Quality report, which a merge request shows. Paths are as seen from the
 * root of the repository when it is made there. A fingerprint stays the same when lines move.
 *
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function codeQuality(findings: LocatedFinding[]): CodeQualityEntry[] {
  const seen = new Map<string, number>();
  return findings.map(({ file, line, path, severity, code, message }) => {
    const said = path === "" ? message : `${path}: ${message}`;
    const same = [file, code, said].join("\n");
    // GitLab shows one entry only of those with one fingerprint.
    const nth = seen.get(same) ?? 0;
    seen.set(same, nth + 1);
    return {
      description: said,
      check_name: code,
      fingerprint: createHash("sha256").update(`${same}\n${nth}`).digest("hex"),
      severity: severity === "error" ? "major" : "minor",
      location: { path: file, lines: { begin: line } },
    };
  });
}
