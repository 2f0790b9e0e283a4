import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

import { readConfiguration } from "../folder/read-folder.ts";
import { runWrangler } from "./wrangler.ts";

const LOCAL = ["--binding", "MAPPINGS", "--local"];
const Keys = z.array(z.object({ name: z.string() }));

/** Puts the example configuration into local KV when KV is empty: what someone edited there stays. */
export async function fillEmptyKv(root: string, examples: string): Promise<void> {
  const keys = await runWrangler(root, ["kv", "key", "list", ...LOCAL]);
  if (Keys.parse(JSON.parse(keys)).length > 0) return;
  const folder = mkdtempSync(join(tmpdir(), "causeway-"));
  try {
    const file = join(folder, "examples.json");
    writeFileSync(file, JSON.stringify(readConfiguration(examples)));
    await runWrangler(root, ["kv", "bulk", "put", file, ...LOCAL]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
