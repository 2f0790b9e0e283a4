import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, relative, resolve } from "node:path";

import type { Bundle } from "../build/bundle-worker.ts";
import type { CpuProfile } from "./inspector.ts";

/** Time spent in something, in ms. */
export type Time = { what: string; ms: number };
export type Times = {
  /** In a file's functions themselves, without what they called. */
  files: Time[];
  /** In a function itself. */
  self: Time[];
  /** In a function and all that it called. */
  total: Time[];
  allMs: number;
};

const PROJECT = join(import.meta.dirname, "../..");

/** Adds a profile up, the most expensive first; waiting for work is left out. */
export function timesOf(profile: CpuProfile, bundle: Bundle): Times {
  const locate = sourceLocator(bundle);
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, locate(callFrame)]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
  );
  const [files, self, total] = [tally(), tally(), tally()];
  let allMs = 0;
  for (const [index, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (!frame || frame.name === "(idle)") continue;
    const ms = (profile.timeDeltas[index] ?? 0) / 1_000;
    allMs += ms;
    files.add(frame.file || frame.name, ms);
    self.add(frame.what, ms);
    // A function that calls itself is counted once.
    const stack = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      stack.add(frames.get(at)?.what ?? "");
    }
    for (const what of stack) total.add(what, ms);
  }
  return { files: files.sorted(), self: self.sorted(), total: total.sorted(), allMs };
}

type CallFrame = CpuProfile["nodes"][number]["callFrame"];

/** A function's place in the sources, by wrangler's source map. */
function sourceLocator(
  bundle: Bundle,
): (frame: CallFrame) => { name: string; file: string; what: string } {
  const main = bundle.modules[0] ?? "";
  const text = readFileSync(join(bundle.folder, `${main}.map`), "utf8");
  const map = new SourceMap(JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]);
  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName || "(anonymous)";
    if (!url.endsWith(main)) return { name, file: url, what: `${name}  ${url}` };
    const entry = map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry)) return { name, file: main, what: `${name}  ${main}` };
    const file = relative(PROJECT, resolve(bundle.folder, entry.originalSource));
    return { name, file, what: `${name}  ${file}:${entry.originalLine + 1}` };
  };
}

function tally() {
  const times = new Map<string, number>();
  return {
    add: (what: string, ms: number) => times.set(what, (times.get(what) ?? 0) + ms),
    sorted: (): Time[] =>
      [...times].map(([what, ms]) => ({ what, ms })).toSorted((a, b) => b.ms - a.ms),
  };
}
