import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { closest } from "fastest-levenshtein";
import { sampleBody, type SampleOptions } from "../../sandbox/sample-delivery.ts";
import { sampleNamed, sampleNames } from "../../sandbox/sample-named.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** The body of a webhook, and what it was found as. */
export type FoundBody = { found: "file" | "sample"; name: string; body: Uint8Array };

/**
 * The body that somebody named: a file's, or that of a recorded sample. Throws a {@link Refusal} that
 * says what there is when it is neither.
 */
export function readBody({ cwd }: Context, name: string): FoundBody {
  const file = resolve(cwd, name);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() === true) return { found: "file", name, body: readFileSync(file) };
  const sample = sampleNamed(name.replace(/\.json$/, ""));
  if (sample !== null) {
    return { found: "sample", name: name.replace(/\.json$/, ""), body: Buffer.from(sample) };
  }
  if (/[/\\]|\.json$/.test(name)) {
    throw new Refusal("no_file", `There is no file ${name}.`, EXIT.usage);
  }
  const names = sampleNames();
  throw new Refusal(
    "no_sample",
    `There is no file and no sample "${name}". Did you mean "${closest(name, names)}"? "causeway simulate --samples" lists all ${names.length}.`,
    EXIT.usage,
  );
}

/** A body with what the person wants otherwise: labels put on, another title or project. */
export function changedBody(body: Uint8Array, options: SampleOptions): Uint8Array {
  const { labels = [], title, project } = options;
  if (labels.length === 0 && title === undefined && project === undefined) return body;
  try {
    return Buffer.from(sampleBody(new TextDecoder().decode(body), options));
  } catch {
    throw new Refusal(
      "unchangeable",
      "--label, --title and --project change bodies of GitLab's, and this is not one.",
      EXIT.usage,
    );
  }
}
