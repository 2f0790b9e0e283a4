import type { Code, Finding } from "../finding.ts";
import type { Draft, DraftProblem } from "../draft.ts";

/** What Causeway itself would refuse when it reads the documents. */
export function unusableDocuments({ problems, mappings }: Draft): Finding[] {
  const templates = new Set(
    mappings.flatMap(({ key, rules }) =>
      rules.flatMap((rule) => rule.templates.map(({ path }) => `${key} ${path}`)),
    ),
  );
  return problems.map((problem) => {
    const { key, path, message } = problem;
    const code = templates.has(`${key} ${path}`) ? "template" : codeOf(problem);
    return { key, path, severity: "error", code, message };
  });
}

function codeOf({ path, message, in: stage }: DraftProblem): Code {
  if (stage === "rules") {
    if (path.endsWith("].name")) return "duplicate-rule-name";
    if (path.endsWith("].when.if")) return "condition";
    return path.endsWith("].on") ? "unknown-type" : "impossible";
  }
  if (message.startsWith("the document is not JSON")) return "not-json";
  if (message.startsWith("nothing reads")) return "unread-key";
  if (message.startsWith("unknown key")) return "unknown-key";
  return message === "not supported yet." ? "not-supported" : "schema";
}
