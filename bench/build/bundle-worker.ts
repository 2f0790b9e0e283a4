import { execFile } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

import { scratchFolder } from "../processes/scratch.ts";

/** A Worker as wrangler would upload it. */
export type Bundle = {
  folder: string;
  /** File names within the folder, the entry first. */
  modules: string[];
  compatibilityDate: string;
  compatibilityFlags: string[];
  gzipKiB: number;
};

const PROJECT = join(import.meta.dirname, "../..");
const WRANGLER = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");
const CONFIG = join(PROJECT, "wrangler.toml");

/** Bundles the deployed Worker, or another entry under the deployed Worker's own settings. */
export async function bundleCauseway(name: string, entry = deployedEntry()): Promise<Bundle> {
  return bundle(name, join(PROJECT, entry), CONFIG);
}

/** Bundles the deployed Worker with the names that its source has, for reading profiles. */
export async function bundleReadable(name: string): Promise<Bundle> {
  return bundle(name, join(PROJECT, deployedEntry()), CONFIG, ["--minify=false"]);
}

/** Bundles one of the benchmark's own Workers with the deployed Worker's compatibility settings. */
export async function bundleReference(name: string, entry: string): Promise<Bundle> {
  const config = join(scratchFolder(`${name}-config`), "wrangler.json");
  writeFileSync(
    config,
    JSON.stringify({
      name,
      main: join(PROJECT, entry),
      compatibility_date: compatibilityDate(),
      compatibility_flags: compatibilityFlags(),
    }),
  );
  return bundle(name, join(PROJECT, entry), config);
}

async function bundle(
  name: string,
  entry: string,
  config: string,
  more: string[] = [],
): Promise<Bundle> {
  const folder = scratchFolder(`${name}-bundle`);
  const flags = ["--dry-run", "--outdir", folder, "--config", config, ...more];
  await wrangler(["deploy", entry, ...flags]);
  const main = `${basename(entry).replace(/\.ts$/, "")}.js`;
  const others = readdirSync(folder).filter(
    (file) => file !== main && !file.endsWith(".map") && file !== "README.md",
  );
  const modules = [main, ...others];
  const gzipBytes = modules.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length,
    0,
  );
  return {
    folder,
    modules,
    compatibilityDate: compatibilityDate(),
    compatibilityFlags: compatibilityFlags(),
    gzipKiB: gzipBytes / 1024,
  };
}

/** Runs wrangler without the network: no metrics, no banner (which asks for newer versions). */
async function wrangler(words: string[]): Promise<void> {
  const quiet = { WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" };
  const run = promisify(execFile)(process.execPath, [WRANGLER, ...words], {
    cwd: PROJECT,
    env: { ...process.env, ...quiet },
  });
  await run.catch((error: Error & { stderr?: string }) => {
    console.error(`wrangler ${words.join(" ")}\n${error.stderr ?? error.message}`);
    process.exit(1);
  });
}

function deployedEntry(): string {
  return /^main = "(.+)"$/m.exec(readFileSync(CONFIG, "utf8"))?.[1] ?? "";
}

function compatibilityDate(): string {
  return /^compatibility_date = "(.+)"$/m.exec(readFileSync(CONFIG, "utf8"))?.[1] ?? "";
}

function compatibilityFlags(): string[] {
  const list = /^compatibility_flags = (\[.*\])$/m.exec(readFileSync(CONFIG, "utf8"))?.[1];
  return JSON.parse(list ?? "[]") as string[];
}
