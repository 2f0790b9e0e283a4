import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A configuration folder with these documents, by key. JSON is YAML. */
export function configuration(documents: Record<string, unknown>): string {
  const dir = mkdtempSync(join(tmpdir(), "causeway-configuration-"));
  for (const [key, document] of Object.entries(documents)) {
    const file = join(dir, `${key}.yaml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(document));
  }
  return dir;
}
