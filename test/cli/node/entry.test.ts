import { execFile, execFileSync, spawn } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const ENTRY = join(import.meta.dirname, "../../../src/cli/causeway.js");
/** A Node that runs no TypeScript, as older ones do. */
const WITHOUT_TYPESCRIPT = [process.execPath, "--no-experimental-strip-types"];
const folder = mkdtempSync(join(tmpdir(), "entry-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Ended = { code: number; stdout: string; stderr: string };

const SETTINGS = { PATH: process.env["PATH"], CAUSEWAY_ENV_FILE: "" };

async function run(command: string[], args: string[]): Promise<Ended> {
  const [file = "", ...flags] = command;
  return await new Promise((resolve) => {
    execFile(file, [...flags, ...args], { cwd: folder, env: SETTINGS }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** A Node of this machine's own that cannot run TypeScript; null: there is none. */
function olderNode(): string | null {
  const found = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((place) => !place.includes("node_modules"))
    .map((place) => join(place, "node"))
    .find((node) => existsSync(node) && !canRunTypeScript(node));
  return found ?? null;
}

function canRunTypeScript(node: string): boolean {
  const said = execFileSync(node, ["-p", "Boolean(process.features.typescript)"]).toString();
  return said.trim() === "true";
}

const older = olderNode();

describe.each([
  ["a Node that runs TypeScript", [process.execPath]],
  ["a Node that does not", WITHOUT_TYPESCRIPT],
  [
    older === null ? "an older Node: left out, this machine has none" : "an older Node",
    older === null ? null : [older],
  ],
])("with %s", (_name, node) => {
  it.skipIf(node === null)("the entry passes on words and exit code", async () => {
    const shown = await run([...(node ?? []), ENTRY], ["lint", "a folder that is not there"]);
    expect(shown).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: There is no folder a folder that is not there.\n",
    });
  });
});

it("passes a signal on, and ends with it", async () => {
  let asked = (): void => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  const silent = createServer(() => asked());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = silent.address() as AddressInfo;
    const env = { ...SETTINGS, CAUSEWAY_URL: `http://127.0.0.1:${port}`, CAUSEWAY_TOKEN: "t" };
    const [node = "", ...flags] = WITHOUT_TYPESCRIPT;
    const child = spawn(node, [...flags, ENTRY, "events"], { cwd: folder, env });
    const ended = new Promise((resolve) => child.on("close", resolve));
    await isAsked;
    child.kill("SIGTERM");
    // 128 and the number of the signal, as shells say it. "close" comes when nobody holds the output.
    expect(await ended).toBe(143);
  } finally {
    silent.close();
  }
});

it("says in one sentence what to do where nothing is installed", async () => {
  mkdirSync(join(folder, "fresh/src/cli"), { recursive: true });
  cpSync(ENTRY, join(folder, "fresh/src/cli/causeway.js"));
  cpSync(join(ENTRY, "../../../package.json"), join(folder, "fresh/package.json"));
  const entry = join(folder, "fresh/src/cli/causeway.js");
  const { code, stdout, stderr } = await run([process.execPath, entry], ["lint"]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: "",
    stderr: 'error: Causeway is not installed yet: run "npm ci" in its folder first.\n',
  });
  mkdirSync(join(folder, "fresh/node_modules/commander"), { recursive: true });
  const half = await run([...WITHOUT_TYPESCRIPT, entry], ["lint"]);
  expect(half).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: Node v.* too old for/),
  });
});

it.for<[args: string[], said: string]>([
  [["nope"], "unknown command 'nope'"],
  [["lint", "--formt", "json"], "unknown option '--formt' (Did you mean --format?)"],
  [["people"], "Say which verb"],
])("says mistakes in %j as JSON, too", async ([args, said]) => {
  const { code, stdout, stderr } = await run([process.execPath, ENTRY], [...args, "--json"]);
  expect(code).toBe(2);
  expect(stderr).not.toBe("");
  expect(JSON.parse(stdout)).toEqual({
    error: { code: "usage", message: expect.stringContaining(said) },
  });
});
