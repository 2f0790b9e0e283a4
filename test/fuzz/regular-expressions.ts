import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAst } from "vitest/node";

/** A regular expression of the source: where it stands; `regexp` is null when it is put together there. */
export type FoundRegExp = { where: string; written: string; regexp: RegExp | null };

const ROOT = join(import.meta.dirname, "../..");

/** Every regular expression that is written in `src/` and `routes/`, found in the syntax tree. */
export function regularExpressions(): FoundRegExp[] {
  return ["src", "routes"]
    .flatMap((dir) =>
      readdirSync(join(ROOT, dir), { recursive: true, encoding: "utf8" }).map((file) =>
        join(ROOT, dir, file),
      ),
    )
    .filter((file) => /\.tsx?$/.test(file))
    .toSorted()
    .flatMap(foundIn);
}

function foundIn(file: string): FoundRegExp[] {
  const source = readFileSync(file, "utf8");
  const found: FoundRegExp[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== "object" || node === null) return;
    const { type, start, end, regex, callee } = node as Node;
    const add = (regexp: RegExp | null): void => {
      const line = source.slice(0, start).split("\n").length;
      const written = source.slice(start, end).replace(/\s+/g, " ");
      found.push({ where: `${relative(ROOT, file)}:${line}`, written, regexp });
    };
    if (type === "Literal" && regex !== undefined) add(new RegExp(regex.pattern, regex.flags));
    if (/^(New|Call)Expression$/.test(type ?? "") && callee?.name === "RegExp") add(null);
    Object.values(node).forEach(walk);
  };
  walk(parseAst(source, { lang: file.endsWith("x") ? "tsx" : "ts" }, file));
  return found;
}

/** As much of a syntax tree's node as is looked at. */
type Node = {
  type?: string;
  start?: number;
  end?: number;
  regex?: { pattern: string; flags: string };
  callee?: { name?: string };
};
