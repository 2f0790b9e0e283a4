import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let root: string | null = null;

/** A fresh, empty folder. All of them are gone when the process ends. */
export function scratchFolder(name: string): string {
  root ??= createRoot();
  return mkdtempSync(join(root, `${name}-`));
}

function createRoot(): string {
  const created = mkdtempSync(join(tmpdir(), "causeway-bench-"));
  process.on("exit", () => rmSync(created, { recursive: true, force: true, maxRetries: 3 }));
  return created;
}
