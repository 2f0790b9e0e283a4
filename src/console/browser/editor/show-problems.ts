import { setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { counted } from "../../../words/counted.ts";
import type { Position } from "../../../folder/read-yaml.ts";

/** Something that is wrong with the text, and where; null: it stands nowhere in it. */
export type Problem = {
  severity: "error" | "warning";
  message: string;
  at: Position | null;
};

/** Marks what is wrong in the editor, and lists it below in words. */
export function showProblems(view: EditorView, section: HTMLElement, problems: Problem[]): void {
  const diagnostics = problems.flatMap((problem) =>
    problem.at === null ? [] : [marked(view, problem, problem.at)],
  );
  view.dispatch(
    setDiagnostics(
      view.state,
      diagnostics.toSorted((a, b) => a.from - b.from),
    ),
  );
  const list = section.querySelector("ul");
  const summary = section.querySelector("[data-summary]");
  if (list === null || summary === null) return;
  const said = inWords(problems);
  // What is said again is read out again.
  if (summary.textContent !== said) summary.textContent = said;
  const items = problems.map((problem) => item(view, problem));
  if (list.textContent !== items.map(({ textContent }) => textContent).join("")) {
    list.replaceChildren(...items);
  }
}

function inWords(problems: Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const said = [
    ...(errors === 0 ? [] : [counted(errors, "error")]),
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
  ].join(", ");
  return said === "" ? "No mistakes found." : `${said}:`;
}

function item(view: EditorView, { severity, message, at }: Problem): HTMLElement {
  const element = document.createElement("li");
  element.className = severity;
  const word = severity === "error" ? "Error" : "Warning";
  if (at === null) {
    element.textContent = `${word}: ${message}`;
    return element;
  }
  const go = document.createElement("button");
  go.type = "button";
  go.className = "plain";
  go.textContent = `${word} in line ${at.line}`;
  go.addEventListener("click", () => {
    const { from } = rangeOf(view, at);
    view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
    view.focus();
  });
  element.append(go, `: ${message}`);
  return element;
}

function marked(view: EditorView, { severity, message }: Problem, at: Position): Diagnostic {
  return { ...rangeOf(view, at), severity, message };
}

/** From a place to the end of its line. */
function rangeOf(view: EditorView, { line, column }: Position): { from: number; to: number } {
  const { doc } = view.state;
  const { from, to } = doc.line(Math.min(line, doc.lines));
  return { from: Math.min(from + column - 1, to), to };
}
