import { execFile } from "node:child_process";
import { expect, inject, it } from "vitest";
import { BOMBS } from "../bombs.ts";

/** What a Worker's isolate has. */
const HEAP_MIB = 128;
/** In `npm test`; the long run takes all. */
const FEW = [
  "25 MiB of brackets inside an object",
  "4 MiB of lists in each other",
  "4 MiB of objects in each other",
  "4 MiB of small objects",
  "180 kB of objects in each other",
];

type Survived = { name: string; isReadable: boolean; milliseconds: number; peakMiB: number };

/** The lines of a process that takes in the bombs, until it ended. */
function takeIn(names: string[]): Promise<{ survived: Survived[]; stderr: string }> {
  const script = new URL("../take-in-bombs.ts", import.meta.url).pathname;
  const flags = [`--max-old-space-size=${HEAP_MIB}`, "--no-warnings", script];
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, ...names], (_error, stdout, stderr) => {
      const lines = stdout.split("\n").filter((line) => line !== "");
      resolve({ survived: lines.map((line): Survived => JSON.parse(line)), stderr });
    });
  });
}

it(
  `takes in bodies made to burst it within ${HEAP_MIB} MiB of heap`,
  { timeout: 600_000 },
  async () => {
    const isLong = inject("fuzz") !== undefined;
    const bombs = BOMBS.filter(({ name }) => isLong || FEW.includes(name));
    const { survived, stderr } = await takeIn(bombs.map(({ name }) => name));
    expect(stderr.slice(0, 2_000)).toBe("");
    expect(survived.map(({ name, isReadable }) => [name, isReadable])).toEqual(
      bombs.map(({ name, isReadable }) => [name, isReadable]),
    );
    if (isLong) console.table(survived);
  },
);
