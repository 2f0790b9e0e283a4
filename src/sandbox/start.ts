import { existsSync } from "node:fs";
import { join } from "node:path";

import { errorInWords } from "../words/error-in-words.ts";
import { readPorts } from "./ports.ts";

/** `npm start`: everything on this machine, nothing to sign up for. */
const root = join(import.meta.dirname, "../..");
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => stop.abort());
}

// npm passes a SIGTERM on to its shell only, which dies and leaves us behind: notice that.
if (process.env["npm_lifecycle_event"] !== undefined) {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || stop.abort(), 300).unref();
}

try {
  if (!existsSync(join(root, "node_modules/wrangler"))) {
    throw new Error(`The packages are not installed yet: run "npm ci" first.`);
  }
  // Not a static import: before "npm ci" it could only fail with a stack trace.
  const { runSandbox } = await import("./run-sandbox.ts");
  process.exitCode = await runSandbox(
    root,
    readPorts(process.argv.slice(2), process.env),
    stop.signal,
  );
} catch (error) {
  process.stderr.write(`${errorInWords(error)}\n`);
  process.exitCode = 1;
}
