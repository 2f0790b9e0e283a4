#!/usr/bin/env node
// Plain JavaScript, for any Node from 18 on: it finds one that runs the rest of the command line, which is TypeScript.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const modules = new URL("../../node_modules/", import.meta.url);
const own = fileURLToPath(new URL("node/bin/node", modules));

if (!existsSync(new URL("commander/", modules))) {
  refuse('Causeway is not installed yet: run "npm ci" in its folder first.');
} else if (process.features.typescript) {
  await import("./main.ts");
} else if (existsSync(own)) {
  handOver(own);
} else {
  refuse(
    `Node ${process.version} is too old for Causeway, and its own Node is not there: run "npm ci" in its folder first.`,
  );
}

/** @param {string} said */
function refuse(said) {
  process.stderr.write(`error: ${said}\n`);
  process.exitCode = 2;
}

/**
 * Lets another Node do it, and ends as that one ends.
 *
 * @param {string} node
 */
function handOver(node) {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(node, [main, ...process.argv.slice(2)], { stdio: "inherit" });
  const isInTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  // A terminal tells both of Ctrl+C, and a second one would mean something else.
  process.on("SIGINT", () => isInTerminal || child.kill("SIGINT"));
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", ({ message }) => refuse(`Causeway's own Node does not start: ${message}`));
  child.on("close", (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
}
