import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Costs } from "./costs.ts";

/** Where the figures of docs/scaling.md are kept. */
export const COUNTED_FILE = join(import.meta.dirname, "counted.json");

/** What `npm run bench -- --costs` counted last. */
export function readCounted(): Costs {
  return JSON.parse(readFileSync(COUNTED_FILE, "utf8")) as Costs;
}
