import { readFileSync } from "node:fs";
import { isAlias, isScalar, LineCounter, parseDocument, visit, type Document } from "yaml";
import type { Json } from "../json.ts";

/**
 * What a YAML file says, as JSON can say it. Throws an error that names the file and the line when it
 * is no YAML, when it would become far larger than it is (aliases of aliases), or when JSON has no word
 * for it: tags of other programs, infinity, an anchor inside itself.
 */
export function readYaml(path: string): Json {
  const lines = new LineCounter();
  const refuse = (message: string, at?: number): never => {
    const line = at === undefined ? "" : `:${lines.linePos(at).line}`;
    throw new Error(`${path}${line}: ${message}`);
  };
  try {
    const document = parseDocument(readFileSync(path, "utf8"), {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
    });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) return refuse(problem.message, problem.pos[0]);
    const infinity = placeOf(document, (node) => isScalar(node) && isInfinite(node.value));
    if (infinity !== undefined) return refuse("JSON has no such number.", infinity);
    return jsonOf(document, (message) => refuse(message, placeOf(document, isAlias)));
  } catch (error) {
    // The parser goes into what is nested by calling itself.
    if (error instanceof RangeError) return refuse("it is nested too deep.");
    throw error;
  }
}

function jsonOf(document: Document, refuse: (message: string) => never): Json {
  try {
    return JSON.parse(JSON.stringify(document.toJS()));
  } catch (error) {
    if (!(error instanceof Error) || error instanceof RangeError) throw error;
    const isCircle = error instanceof TypeError;
    return refuse(isCircle ? "an anchor stands for what it is a part of." : error.message);
  }
}

/** Where the first of such nodes begins. */
function placeOf(document: Document, isWanted: (node: unknown) => boolean): number | undefined {
  let place: number | undefined;
  visit(document, {
    Node(_key, node) {
      if (!isWanted(node)) return undefined;
      place = node.range?.[0];
      return visit.BREAK;
    },
  });
  return place;
}

function isInfinite(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}
