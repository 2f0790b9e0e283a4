import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** npm remembers advisories: none of these is for anybody else to meet. */
const CACHE = mkdtempSync(join(tmpdir(), "causeway-audit-"));
afterAll(() => rmSync(CACHE, { recursive: true }));

let registry: Server | undefined;
afterEach(() => registry?.close());

/** Runs the audit against a registry that answers the question with this. */
async function audit(status: number, body: unknown): Promise<{ code: number; said: string }> {
  registry = createServer(({ method }, response) => {
    response.writeHead(method === "POST" ? status : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(method === "POST" ? body : PACKAGE));
  }).listen(0, "127.0.0.1");
  await once(registry, "listening");
  const address = registry.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const child = spawn(process.execPath, [".ci/audit.ts"], {
    cwd: ROOT,
    env: {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: CACHE,
    },
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, "close")) as [number];
  return { code, said };
}

/** What npm asks for about a package that has one. */
const PACKAGE = {
  name: "fastest-levenshtein",
  "dist-tags": { latest: "1.0.16" },
  versions: { "1.0.16": { name: "fastest-levenshtein", version: "1.0.16" } },
};

const ADVISORY = {
  id: 1,
  url: "https://example.com/advisory",
  title: "An invented weakness",
  cwe: [],
  cvss: { score: 8, vectorString: null },
};

it("fails when a package of the Worker has a known weakness, and names it", async () => {
  const advisory = { ...ADVISORY, severity: "high", vulnerable_versions: "<99" };
  const { code, said } = await audit(200, { "fastest-levenshtein": [advisory] });
  expect(said).toContain("high: fastest-levenshtein");
  expect(code).toBe(1);
});

it("does not fail because of one that is only low", async () => {
  const advisory = { ...ADVISORY, id: 2, severity: "low", vulnerable_versions: "<99" };
  const { code, said } = await audit(200, { "fastest-levenshtein": [advisory] });
  expect(said).toContain("low: fastest-levenshtein");
  expect(code).toBe(0);
});

it("passes when the registry knows of none, and says that it has asked", async () => {
  const { code, said } = await audit(200, {});
  expect(said).toMatch(/^audit: 0 of [1-9]\d* packages in the Worker have a known weakness\.$/m);
  expect(code).toBe(0);
});

it("says that it has not run when the registry offers no audit, and does not call it passed", async () => {
  const { code, said } = await audit(405, {});
  expect(said).toBe(
    "audit: NOT RUN. This registry offers no audit: it answers 405 to the question.\n",
  );
  expect(code).toBe(0);
});
