import type { ASTNode } from "@marcbachmann/cel-js";
import { isObject, type Json } from "../json.ts";
import { redactForDisplay } from "../redact-for-display.ts";

const MAX_PATHS = 6;
const MAX_VALUE = 80;

/** The fields that a CEL expression reads, such as `event.issue.weight`, each once. */
export function pathsRead(ast: unknown): string[][] {
  const found = new Map<string, string[]>();
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (!isNode(node)) return;
    const path = pathOf(node);
    if (path === null) return look(node.args);
    if (path.length > 1) found.set(path.join("."), path);
  };
  look(ast);
  return [...found.values()].slice(0, MAX_PATHS);
}

/** What an expression saw in the fields that it reads, for a person: `event.issue.weight is 2`. */
export function valuesSeen(paths: string[][], scope: Record<string, unknown>): string {
  return paths
    .flatMap((path) => {
      const said = inWords(valueAt(scope as Record<string, Json>, path));
      return said === null ? [] : [`${path.join(".")} is ${said}`];
    })
    .join(", ");
}

/** Whether something is a node of CEL's syntax tree. */
export function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "args" in value;
}

function pathOf(node: ASTNode): string[] | null {
  if (node.op === "id") return ROOTS.includes(String(node.args)) ? [String(node.args)] : null;
  if (node.op !== ".") return null;
  const [receiver, name] = node.args as [unknown, unknown];
  const path = isNode(receiver) ? pathOf(receiver) : null;
  return path === null ? null : [...path, String(name)];
}

const ROOTS = ["event", "payload"];

/** The value, without what nobody should see; undefined where there is none. */
function valueAt(scope: Record<string, Json>, path: string[]): Json | undefined {
  let value: Json | undefined = scope;
  for (const key of path) {
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (value === undefined) return undefined;
  const name = path.at(-1) ?? "";
  const shown = redactForDisplay({ [name]: value });
  return isObject(shown) ? shown[name] : undefined;
}

/** A value in a few words; null for a whole object, which says nothing. */
function inWords(value: Json | undefined): string | null {
  if (value === undefined) return "missing";
  if (isObject(value) || (Array.isArray(value) && value.some(isObject))) return null;
  const said = JSON.stringify(value);
  return said.length > MAX_VALUE ? `${said.slice(0, MAX_VALUE)}…` : said;
}
