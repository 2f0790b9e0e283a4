import { Environment } from "@marcbachmann/cel-js";
import { glob } from "./glob.ts";
import type { Scope } from "./scope.ts";
import { isNode, pathsRead, valuesSeen } from "./values-seen.ts";

/** The answer of a condition; when it cannot be answered, why. */
type Answer = { value: boolean; error: null } | { value: null; error: string };

/** A compiled expression: pure, and bounded whatever the payload holds. */
export type Expression = {
  answer: (scope: Scope) => Answer;
  /** What it saw in the fields that it reads, for a person who asks why. */
  seen: (scope: Scope) => string;
};

const MAX_EXPRESSION = 2_000;
const MAX_PATTERN = 200;
const MACROS = ["all", "exists", "exists_one", "map", "filter"];

const environment = new Environment({ limits: { maxAstNodes: 300, maxDepth: 24 } })
  .registerVariable("event", "dyn")
  .registerVariable("payload", "dyn")
  .registerFunction("string.glob(string): bool", (value: string, pattern: string) => {
    if (pattern.length > MAX_PATTERN)
      throw new Error(`a glob of more than ${MAX_PATTERN} characters`);
    return glob(pattern)(value);
  });

// What is absent is null, and nothing is more or less than nothing: "weight >= 3" is false without one.
for (const operator of ["<", "<=", ">", ">="]) {
  environment.registerOperator(`null ${operator} null`, () => false);
  for (const type of ["int", "double", "string"]) {
    environment.registerOperator(`null ${operator} ${type}`, () => false);
    environment.registerOperator(`${type} ${operator} null`, () => false);
  }
}

/**
 * Compiles a CEL expression over `event` and `payload`, or says what is wrong with it.
 *
 * A Worker's clock stands still while it computes, so work is bounded by form: no loop inside a
 * loop, no regular expressions (`matches` backtracks; `glob` does not), over a scope of bounded size.
 */
export function compileExpression(expression: string): Expression | { problem: string } {
  if (expression.length > MAX_EXPRESSION) {
    return { problem: `the expression is longer than ${MAX_EXPRESSION} characters.` };
  }
  let parsed: ReturnType<typeof environment.parse>;
  try {
    parsed = environment.parse(expression);
  } catch (error) {
    return { problem: say(error) };
  }
  const refused = refusedForm(parsed.ast, 0);
  if (refused !== null) return { problem: refused };
  const checked = parsed.check();
  if (!checked.valid) return { problem: say(checked.error) };
  if (checked.type !== "bool" && checked.type !== "dyn") {
    return {
      problem: `expected a condition that is true or false, found one of type ${checked.type}.`,
    };
  }
  const paths = pathsRead(parsed.ast);
  return {
    answer(scope) {
      try {
        const value: unknown = parsed(scope);
        if (typeof value === "boolean") return { value, error: null };
        return { value: null, error: `expected true or false, found ${typeof value}` };
      } catch (error) {
        return { value: null, error: sayWithoutValues(error, expression) };
      }
    },
    seen: (scope) => valuesSeen(paths, scope),
  };
}

function refusedForm(node: unknown, loops: number): string | null {
  if (Array.isArray(node)) return first(node, (item) => refusedForm(item, loops));
  if (!isNode(node)) return null;
  if (node.op === "rcall" || node.op === "call") {
    const [name, ...operands] = node.args as [string, ...unknown[]];
    if (name === "matches") {
      return 'regular expressions are not supported; use glob, such as event.title.glob("*urgent*").';
    }
    if (name === "bind") return "cel.bind is not supported.";
    if (node.op === "rcall" && MACROS.includes(name)) {
      if (loops > 0) return `${name}() stands inside another loop; only one level is supported.`;
      const [receiver, ...rest] = operands;
      return refusedForm(receiver, loops) ?? refusedForm(rest, loops + 1);
    }
    return refusedForm(operands, loops);
  }
  return refusedForm(node.args, loops);
}

function first<T>(items: unknown[], find: (item: unknown) => T | null): T | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** cel-js quotes values; only what the expression itself says may go to logs and channels. */
function sayWithoutValues(error: unknown, expression: string): string {
  const said = say(error);
  const [, key] = /^No such key: (.*?)(?: \(column \d+\))?$/s.exec(said) ?? [];
  if (key !== undefined) return expression.includes(key) ? said : said.replace(`: ${key}`, "");
  return said.replace(/"[^"]*"|'[^']*'/g, (quoted) => (expression.includes(quoted) ? quoted : "…"));
}

function say(error: unknown): string {
  const message = error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
  const range = (error as { range?: { start?: number } }).range;
  return typeof range?.start === "number" ? `${message} (column ${range.start + 1})` : message;
}
