import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from "yaml";
import type { Json } from "../json.ts";
import { yamlMistake } from "./yaml-mistake.ts";

/** Where something stands in a file; both count from 1. */
export type Position = { line: number; column: number };

/** What a YAML text says, and where it says it; or what is wrong with it as YAML. */
export type YamlRead =
  | {
      ok: true;
      json: Json;
      /**
       * Where a key path such as `rules[1].when.if` stands: its key, or of what is not there the
       * nearest thing around it that is.
       */
      positionOf: (path: string) => Position;
    }
  | { ok: false; problems: (Position & { message: string })[] };

/**
 * Reads YAML as JSON can say it. Refuses what is no YAML, what would become far larger than it is
 * (aliases of aliases), and what JSON has no word for: tags of other programs, infinity, an anchor
 * inside itself.
 */
export function readYaml(source: string): YamlRead {
  const lines = new LineCounter();
  const position = (offset: number | undefined): Position => {
    if (offset === undefined) return { line: 1, column: 1 };
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const refuse = (message: string, offset?: number): YamlRead => ({
    ok: false,
    problems: [{ ...position(offset), message }],
  });
  try {
    const document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
    });
    const mistake = yamlMistake(document, source);
    if (mistake !== null) return refuse(mistake.message, mistake.offset);
    const infinity = offsetOf(document, (node) => isScalar(node) && isInfinite(node.value));
    if (infinity !== undefined) return refuse("JSON has no such number.", infinity);
    const json = jsonOf(document);
    if ("refused" in json) return refuse(json.refused, offsetOf(document, isAlias));
    return {
      ok: true,
      json: json.value,
      positionOf: (path) => position(offsetAt(document, path)),
    };
  } catch (error) {
    // The parser goes into what is nested by calling itself.
    if (error instanceof RangeError) return refuse("it is nested too deep.");
    throw error;
  }
}

function jsonOf(document: Document): { value: Json } | { refused: string } {
  try {
    return { value: JSON.parse(JSON.stringify(document.toJS() ?? null)) };
  } catch (error) {
    if (!(error instanceof Error) || error instanceof RangeError) throw error;
    const isCircle = error instanceof TypeError;
    return { refused: isCircle ? "an anchor stands for what it is a part of." : error.message };
  }
}

/** Where the first of such nodes begins. */
function offsetOf(document: Document, isWanted: (node: unknown) => boolean): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Node(_key, node) {
      if (!isWanted(node)) return undefined;
      offset = node.range?.[0];
      return visit.BREAK;
    },
  });
  return offset;
}

/** Follows a key path as far as the document goes. Keys may have dots and brackets of their own. */
function offsetAt(document: Document, path: string): number | undefined {
  let node: unknown = document.contents;
  let offset = startOf(node);
  let rest = path;
  while (rest !== "") {
    const index = /^\[(\d+)\]/.exec(rest);
    if (isSeq(node) && index !== null) {
      const item: unknown = node.items[Number(index[1])];
      if (item === undefined) return offset;
      rest = rest.slice(index[0].length);
      node = item;
      offset = startOf(item) ?? offset;
    } else if (isMap(node)) {
      const name = rest.replace(/^\./, "");
      const pair = node.items
        .filter(({ key }) => isScalar(key) && begins(name, String(key.value)))
        .toSorted((a, b) => String(b.key).length - String(a.key).length)[0];
      if (pair === undefined) return offset;
      rest = name.slice(String((pair.key as { value: unknown }).value).length);
      node = pair.value;
      offset = startOf(pair.key) ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function begins(path: string, key: string): boolean {
  return path.startsWith(key) && /^$|^[.[]/.test(path.slice(key.length));
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

function isInfinite(value: unknown): boolean {
  return typeof value === "number" && !Number.isFinite(value);
}
