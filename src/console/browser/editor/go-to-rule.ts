import { EditorView } from "@codemirror/view";
import type { WrittenDocument } from "./read-document.ts";

/**
 * Puts the cursor on the rule that the page's address names (`?rule=`), where there is one of that name. The
 * keyboard stays at the top of the page: within the editor Tab would indent.
 */
export function goToRule(view: EditorView, written: WrittenDocument): void {
  const name = new URLSearchParams(location.search).get("rule");
  if (name === null || written.json === null) return;
  const { rules } = JSON.parse(written.json) as { rules?: unknown };
  const index = Array.isArray(rules) ? rules.findIndex((rule) => nameOf(rule) === name) : -1;
  if (index === -1) return;
  const { line, column } = written.positionOf(`rules[${index}].name`);
  const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
  const anchor = Math.min(from + column - 1, to);
  view.dispatch({
    selection: { anchor },
    effects: EditorView.scrollIntoView(anchor, { y: "center" }),
  });
}

function nameOf(rule: unknown): unknown {
  return typeof rule === "object" && rule !== null && "name" in rule ? rule.name : null;
}
