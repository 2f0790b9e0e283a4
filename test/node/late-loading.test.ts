import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
/** `import … from "…"` and `export … from "…"`, but for types; `import("…")` is something else. */
const STATIC = /^(?:import|export)\s(?!type\b)[^"()]*?from\s+"([^"]+)";|^import\s+"([^"]+)";/gm;

/** The packages that a file imports, directly or through other files, before anything is asked for. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imported = Array.from(
    readFileSync(join(PROJECT, file), "utf8").matchAll(STATIC),
    ([, from, alone]) => from ?? alone ?? "",
  );
  return imported.flatMap((name) =>
    name.startsWith(".") ? packagesOf(join(dirname(file), name), seen) : [name],
  );
}

it("a webhook can be accepted before templates, CEL, Markdown and schemas are loaded", () => {
  const late = ["@marcbachmann/cel-js", "liquidjs", "marked", "zod/mini"];
  const atStart = new Set(packagesOf("src/worker.ts"));
  expect([...atStart].filter((name) => late.includes(name))).toEqual([]);
  expect(atStart).toContain("cloudflare:workers");
  const later = new Set(packagesOf("src/relay/dispatch.ts"));
  expect(late.filter((name) => !later.has(name))).toEqual([]);
});
