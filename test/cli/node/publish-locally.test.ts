import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runWrangler } from "../../../src/sandbox/wrangler.ts";
import { causeway, causewayJson } from "./causeway.ts";
import { editableFolder, SIGNED } from "./folder-beside-cloudflare.ts";

const ROOT = join(import.meta.dirname, "../../..");
const state = mkdtempSync(join(tmpdir(), "causeway-local-"));
const folder = editableFolder();
const around = { cwd: folder.dir, env: SIGNED };
afterAll(() => {
  rmSync(state, { recursive: true });
  folder.drop();
});

const LOCALLY = ["--target", "local", "--persist-to", state];
const WRANGLER = ["--binding", "MAPPINGS", "--local", "--persist-to", state];

it("writes what wrangler reads, and sees and rolls back what wrangler writes", async () => {
  const pushed = await causeway(["push", ...LOCALLY, "--yes", "-m", "why"], around);
  expect(pushed).toMatchObject({ code: 0 });
  const listed = await runWrangler(ROOT, ["kv", "key", "list", ...WRANGLER]);
  expect(listed).toContain('"name": "mapping/gitlab/acme/web"');

  await runWrangler(ROOT, [
    "kv",
    "key",
    "put",
    "person/amina",
    '{"slack":"U0000000009"}',
    ...WRANGLER,
  ]);
  const { json } = await causewayJson<{ items: object[] }>(["history", ...LOCALLY], around);
  expect(json.items).toMatchObject([
    { via: "outside", keys: [{ key: "person/amina", kind: "changed" }] },
    { via: "command line", total: 3 },
  ]);
  await causeway(["rollback", "outside", ...LOCALLY, "--yes"], around);
  const text = await runWrangler(ROOT, ["kv", "key", "get", "person/amina", ...WRANGLER]);
  expect(text.trim()).toBe('{"slack":"U0000000001"}');
  expect((await causeway(["diff", ...LOCALLY], around)).code).toBe(0);
});
