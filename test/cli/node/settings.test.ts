import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { gitlabSettings } from "../../../src/cli/gitlab/gitlab-settings.ts";
import { safeAddress } from "../../../src/cli/network/safe-address.ts";
import { causeway } from "./causeway.ts";
import { causewayHere } from "./run-here.ts";

const dir = mkdtempSync(join(tmpdir(), "causeway-settings-"));
const file = join(dir, ".env");
writeFileSync(file, "GITLAB_URL=http://evil.example\n");

it("never reads the .env of the folder where one stands: it would say where tokens go", async () => {
  // Of the local Worker it would be GitLab's stand-in, where there is one.
  const env = { CAUSEWAY_URL: "https://causeway.example" };
  const { code, stderr } = await causeway(["hooks", "list", "acme"], { cwd: dir, env });
  expect(code).toBe(2);
  expect(stderr).toContain("Set GITLAB_TOKEN to an access token of https://gitlab.com");
});

it("reads the file that CAUSEWAY_ENV_FILE names, after the environment", async () => {
  const env = { CAUSEWAY_ENV_FILE: file };
  const { stderr } = await causeway(["hooks", "list", "acme"], { env });
  expect(stderr).toContain("GITLAB_URL is http://evil.example, which is not encrypted");
  const both = { ...env, GITLAB_URL: "https://gitlab.example.com" };
  expect((await causeway(["hooks", "list", "acme"], { env: both })).stderr).toContain(
    "an access token of https://gitlab.example.com",
  );
});

const DEV_VARS = { GITLAB_URL: "http://127.0.0.1:8788/gitlab", GITLAB_API_TOKEN: "glpat-local" };
const STAND_IN = { url: DEV_VARS.GITLAB_URL, token: DEV_VARS.GITLAB_API_TOKEN };

it.for<[string, Context["env"], boolean, Record<string, string>, object]>([
  ["the stand-in beside the local Worker", {}, true, DEV_VARS, STAND_IN],
  ["gitlab.com beside another", {}, false, DEV_VARS, { url: "https://gitlab.com", token: "" }],
  ["gitlab.com before the first npm start", {}, true, {}, { url: "https://gitlab.com", token: "" }],
  [
    "never a real GitLab that the local Worker knows",
    {},
    true,
    { ...DEV_VARS, GITLAB_URL: "https://gitlab.example" },
    { url: "https://gitlab.com", token: "" },
  ],
  [
    "what is set, and not half of it",
    { GITLAB_URL: "https://gitlab.example" },
    true,
    DEV_VARS,
    { url: "https://gitlab.example", token: "" },
  ],
  [
    "what is set: a token",
    { GITLAB_TOKEN: "glpat-mine" },
    true,
    DEV_VARS,
    { url: "https://gitlab.com", token: "glpat-mine" },
  ],
])("asks %s", ([, env, isLocal, local, expected]) => {
  expect(gitlabSettings(env, isLocal, (name) => local[name])).toEqual(expected);
});

it("takes an empty CAUSEWAY_URL as none", async () => {
  const env = { CAUSEWAY_URL: "", CAUSEWAY_TOKEN: "x" };
  const { stderr } = await causewayHere(["failed"], { env });
  expect(stderr).not.toContain("is not the address of a Worker");
});

it.for<[given: string, read: ReturnType<typeof safeAddress>]>([
  ["https://a.example/sub/", { ok: true, value: { url: "https://a.example/sub", isLocal: false } }],
  ["http://[::1]:1", { ok: true, value: { url: "http://[::1]:1", isLocal: true } }],
  ["http://localhost.evil.example", { ok: false, why: "plain" }],
  ["http://127.0.0.1@evil.example", { ok: false, why: "plain" }],
  ["ftp://a.example", { ok: false, why: "no address" }],
  ["a.example", { ok: false, why: "no address" }],
])("sends a token to %s only if nobody reads along", ([given, read]) => {
  expect(safeAddress(given)).toEqual(read);
});
