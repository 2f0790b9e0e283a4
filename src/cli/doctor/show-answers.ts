import type { Check, Finding } from "../../checks/check.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { factsInWords } from "./facts-in-words.ts";
import { GROUPS, type Question } from "./questions.ts";

/** What the Worker answered to a question. */
export type Answered = Check & Pick<Question, "group">;

/** The answers under their headings, each with what is wrong and what to do about it. */
export function showAnswers(answers: Answered[], terminal: Terminal): string {
  return GROUPS.flatMap((group) => {
    const under = answers.filter((answer) => answer.group === group);
    if (under.length === 0) return [];
    const lines = under.flatMap((answer) => linesOf(answer, terminal));
    return [[terminal.style("bold", group), ...lines].join("\n")];
  }).join("\n\n");
}

/** `2 errors, 1 warning`; null when there is neither. */
export function tally(answers: Answered[]): string | null {
  const count = (severity: Finding["severity"]) => {
    const n = answers.flatMap(({ findings }) => findings).filter((f) => f.severity === severity);
    return n.length === 0 ? [] : [`${n.length} ${severity}${n.length === 1 ? "" : "s"}`];
  };
  const counts = [...count("error"), ...count("warning")];
  return counts.length === 0 ? null : counts.join(", ");
}

function linesOf(answer: Answered, { style }: Terminal): string[] {
  const about = factsInWords(answer);
  const mark = !answer.ok
    ? style("red", "✗")
    : answer.findings.length > 0
      ? style("yellow", "!")
      : style("green", "✓");
  return [
    `  ${mark} ${answer.name}${about === "" ? "" : style("dim", `  ${about}`)}`,
    ...answer.findings.flatMap(({ severity, message, fix }) => [
      `      ${severity === "error" ? style("red", "error:") : style("yellow", "warning:")} ${message}`,
      `        ${style("cyan", "→")} ${fix}`,
    ]),
  ];
}
