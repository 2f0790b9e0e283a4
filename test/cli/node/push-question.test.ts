import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { PUSH, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");
const [CTRL_C, CTRL_D] = ["\u0003", "\u0004"];

/** The program that gives a command a terminal of its own (util-linux). */
const hasScript = spawnSync("script", ["--version"]).error === undefined;
beforeEach((context) => {
  if (!hasScript) context.skip("the program script (util-linux) is not installed");
});

/** Pushes on a terminal of its own, and types the answer once it is asked. */
async function pushAndType(answer: string): Promise<{ code: number | null; shown: string }> {
  const { around } = cloudflare.folder();
  const words = [process.execPath, MAIN, ...PUSH.filter((word) => word !== "--yes")];
  const command = words.map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: around.cwd,
    env: {
      PATH: process.env["PATH"],
      TERM: "xterm",
      NO_COLOR: "1",
      SHELL: "/bin/sh",
      ...around.env,
    },
  });
  let shown = "";
  let isAnswered = false;
  child.stdout.on("data", (chunk: Buffer) => {
    shown += chunk.toString();
    if (isAnswered || !shown.includes("[y/N]")) return;
    isAnswered = true;
    child.stdin.write(answer);
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, shown };
}

it("shows the plan, asks on a terminal, and publishes after a yes", async () => {
  const { code, shown } = await pushAndType("y\n");
  expect(shown).toMatch(
    /person\/amina +added[^]*Publish 3 documents: 3 added, to the KV namespace/,
  );
  expect(code).toBe(0);
  expect(Object.keys(cloudflare.documents())).toHaveLength(3);
});

it.each([
  ["anything else", "\n"],
  ["Ctrl+C", CTRL_C],
  ["Ctrl+D", CTRL_D],
])("changes nothing after %s", async (_name, answer) => {
  const { code, shown } = await pushAndType(answer ?? "");
  expect(code).toBe(2);
  expect(shown).toContain("Nothing was changed.");
  expect(cloudflare.kv.size).toBe(0);
});
