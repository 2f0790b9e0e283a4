import { cp, readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { GITLAB_SAMPLES } from "./preview/samples.ts";

/**
 * Makes what the console needs in a browser, in `public/console/`: a script for each file directly in
 * `browser/`, one style sheet, the icon, and the samples to try drafts on. Wrangler has it run before the Worker is run or deployed.
 */
const source = join(import.meta.dirname, "browser");
const outdir = join(import.meta.dirname, "../../public/console");

const { metafile } = await build({
  entryPoints: ["*.ts", "console.css", "icon.svg"].map((name) => join(source, name)),
  loader: { ".svg": "copy" },
  outdir,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
  metafile: true,
});
// Not all at first: a Worker that is running may serve them.
const made = new Set(Object.keys(metafile.outputs).map((file) => resolve(file)));
for (const entry of await readdir(outdir, { withFileTypes: true })) {
  const file = join(outdir, entry.name);
  if (entry.isFile() && !made.has(file)) await rm(file);
}

const recorded = join(import.meta.dirname, "../../test/fixtures/gitlab");
const samples = join(outdir, "samples");
await cp(join(import.meta.dirname, "samples"), samples, { recursive: true });
for (const name of Object.keys(GITLAB_SAMPLES)) {
  await cp(join(recorded, `${name}.json`), join(samples, `${name}.json`));
}
