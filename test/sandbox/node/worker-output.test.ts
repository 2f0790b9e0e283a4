import { expect, test } from "vitest";

import { workerOutput } from "../../../src/sandbox/worker-output.ts";

test.for<[string, string, string[]]>([
  [
    "wrangler's own words",
    "Using secrets defined in .dev.vars\n⎔ Starting local server...\n[wrangler:info] GET / 200 OK (3ms)\n",
    [],
  ],
  ["an object on one line", `{ event: 'accepted', id: 'a' }\n`, ["{ event: 'accepted', id: 'a' }"]],
  ["JSON on one line", `{"event":"accepted"}\n`, ['{"event":"accepted"}']],
  [
    "an object on several lines",
    "{\n  event: 'a',\n  deep: {\n    b: 1\n  }\n}\nnoise\n",
    ["{ event: 'a', deep: { b: 1 } }"],
  ],
  [
    "a labelled warning",
    `▲ [WARNING] {\n\n    event: 'a',\n    deep: {\n      b: 1\n    }\n  }\n\n\n`,
    ["{ event: 'a', deep: { b: 1 } }"],
  ],
  [
    "an error and its stack",
    "[wrangler:error] Error: boom\n    at fetch (worker.ts:8)\n[wrangler:info] GET / 500\n",
    ["Error: boom", "    at fetch (worker.ts:8)"],
  ],
  [
    "a failed build",
    "✘ [ERROR] Build failed\n\n    src/worker.ts:1:1\n\nnoise\n",
    ["Build failed", "    src/worker.ts:1:1"],
  ],
  ["half a line", "{ event: 'a'", []],
])("reads %s", ([, printed, expected]) => {
  for (const size of [printed.length, 1, 7]) {
    const lines: string[] = [];
    const read = workerOutput((line) => lines.push(line.replace("[wrangler:error] ", "")));
    for (let from = 0; from < printed.length; from += size) read(printed.slice(from, from + size));
    expect(lines).toEqual(expected);
  }
});
