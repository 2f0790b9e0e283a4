import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.ts";

// Before anything else is loaded: the next start takes half the time.
enableCompileCache();
// Before anything reads a setting; what the environment has already is left as it is. Never the .env of
// the folder that one stands in: whoever writes there would decide where tokens go.
const settings = process.env["CAUSEWAY_ENV_FILE"] ?? join(CHECKOUT, ".env");
if (existsSync(settings)) process.loadEnvFile(settings);

/** `npx causeway …`: TypeScript, run by Node as it is. */
const { runCommand } = await import("./run-command.ts");
await runCommand(process.argv);
