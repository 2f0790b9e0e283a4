import type { LocatedFinding } from "./lint-folder.ts";

/**
 * Findings as workflow commands, which GitHub Actions shows beside the lines that they are about.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function githubCommands(findings: LocatedFinding[]): string {
  return findings
    .map(({ severity, file, line, column, code, path, message }) => {
      const where = `file=${property(file)},line=${line},col=${column},title=${property(code)}`;
      return `::${severity} ${where}::${data(path === "" ? message : `${path}: ${message}`)}`;
    })
    .join("\n");
}

/** What GitHub's own toolkit escapes in the text of a command. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
