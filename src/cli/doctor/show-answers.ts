import type { Check, Finding } from "../../checks/check.ts";
import { counted } from "../../words/counted.ts";
import { fixHere } from "../operations/fix-here.ts";
import { moment } from "../terminal/moment.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { factsInWords } from "./facts-in-words.ts";
import { GROUPS, type Question } from "./questions.ts";

/** What the Worker answered to a question. */
export type Answered = Check & Pick<Question, "group">;

/** The answers under their headings, each with what is wrong and what to do about it; of the local Worker or another. */
export function showAnswers(answers: Answered[], isLocal: boolean, terminal: Terminal): string {
  return GROUPS.flatMap((group) => {
    const under = answers.filter((answer) => answer.group === group);
    if (under.length === 0) return [];
    const lines = under.flatMap((answer) => linesOf(answer, isLocal, terminal));
    return [[terminal.style("bold", group), ...lines].join("\n")];
  }).join("\n\n");
}

/** `2 errors, 1 warning`; null when there is neither. */
export function tally(answers: Answered[]): string | null {
  const count = (severity: Finding["severity"]) => {
    const n = answers.flatMap(({ findings }) => findings).filter((f) => f.severity === severity);
    return n.length === 0 ? [] : [counted(n.length, severity)];
  };
  const counts = [...count("error"), ...count("warning")];
  return counts.length === 0 ? null : counts.join(", ");
}

const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

function linesOf(answer: Answered, isLocal: boolean, { style }: Terminal): string[] {
  const about = factsInWords(answer);
  const mark = !answer.ok
    ? style("red", "✗")
    : answer.findings.length > 0
      ? style("yellow", "!")
      : style("green", "✓");
  return [
    `  ${mark} ${answer.name}${about === "" ? "" : style("dim", `  ${about}`)}`,
    ...(answer.ok || answer.findings.some(({ severity }) => severity === "error")
      ? []
      : [style("dim", "      what is wrong is said elsewhere in this list")]),
    ...answer.findings.flatMap(({ severity, message, fix }) => [
      `      ${severity === "error" ? style("red", "error:") : style("yellow", "warning:")} ${message.replace(TIME, moment)}`,
      `        ${style("cyan", "→")} ${fixHere(fix, isLocal)}`,
    ]),
  ];
}
