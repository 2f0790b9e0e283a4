import { parse } from "@marcbachmann/cel-js";
import { isNode } from "../mappings/values-seen.ts";

/** What a CEL condition looks at. */
export type ConditionRead = {
  /** The fields that it reads, as `["event", "issue", "weight"]`; of `event.labels[0]` up to the list. */
  reads: string[][];
  /** The fields that it asks for with `has(…)` before it reads them. */
  asked: string[][];
  /** The fields that it compares with a text, as in `event.kind == "issue"`. */
  compared: { path: string[]; with: string }[];
  /** What it always is; null: that depends. */
  always: boolean | null;
};

/** Reads a condition that compiles. One that does not has nothing to be looked at. */
export function readCondition(expression: string): ConditionRead {
  const read: ConditionRead = { reads: [], asked: [], compared: [], always: null };
  let ast: unknown;
  try {
    ast = parse(expression).ast;
  } catch {
    return read;
  }
  if (isNode(ast) && ast.op === "value" && typeof ast.args === "boolean") read.always = ast.args;
  look(ast, read);
  return read;
}

function look(node: unknown, read: ConditionRead): void {
  if (Array.isArray(node)) return node.forEach((each) => look(each, read));
  if (!isNode(node)) return;
  if (node.op === "call" && (node.args as unknown[])[0] === "has") {
    const [asked] = (node.args as [string, unknown[]])[1];
    const path = pathOf(asked);
    if (path !== null) read.asked.push(path);
    return;
  }
  if (node.op === "==") read.compared.push(...comparisonOf(node.args as [unknown, unknown]));
  const path = pathOf(node);
  if (path !== null) read.reads.push(path);
  else look(node.args, read);
}

function comparisonOf([left, right]: [unknown, unknown]): ConditionRead["compared"] {
  const [field, text] = isNode(left) && left.op === "value" ? [right, left] : [left, right];
  const path = pathOf(field);
  if (path === null || !isNode(text) || text.op !== "value") return [];
  return typeof text.args === "string" ? [{ path, with: text.args }] : [];
}

/** `event.issue.weight` and `event["issue"].weight`; null: it is no field of anything by name. */
function pathOf(node: unknown): string[] | null {
  if (!isNode(node)) return null;
  if (node.op === "id") return [String(node.args)];
  if (node.op !== "." && node.op !== "[]") return null;
  const [receiver, name] = node.args as [unknown, unknown];
  const path = pathOf(receiver);
  if (path === null) return null;
  if (node.op === ".") return [...path, String(name)];
  return isNode(name) && name.op === "value" && typeof name.args === "string"
    ? [...path, name.args]
    : null;
}
