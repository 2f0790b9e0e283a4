import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { causewayHere as causeway } from "./run-here.ts";
import { AT, PUSH, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const { folder } = cloudflare;

it("refuses a push without a reason, and without anybody to ask", async () => {
  const { around } = folder();
  expect(await causeway(["push", ...AT, "--yes"], around)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Say why with -m "…"'),
  });
  const asked = await causeway(["push", ...AT, "-m", "why"], around);
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain("Nobody can be asked here");
  expect(cloudflare.kv.size).toBe(0);
});

const ANYHOW = ["--overwrite", "--despite-mistakes", "--remove-many"];

it("refuses files that are no YAML, with where they break, whatever is accepted", async () => {
  const { around, write } = folder();
  write("person/ben", "slack: [U1\n");
  const refused = await causeway([...PUSH, ...ANYHOW], around);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/person\/ben\.yaml:\d+:\d+: /);
  expect(cloudflare.kv.size).toBe(0);
});

it("refuses mistakes, with file, line and column; a mere lint error passes with --despite-mistakes", async () => {
  const { around, write } = folder();
  write(
    "mapping/gitlab/acme/web",
    "rules:\n  - name: Opened\n    on: issue.open\n    to: suport\n",
  );
  const refused = await causeway([...PUSH, "--overwrite", "--remove-many"], around);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/mapping\/gitlab\/acme\/web\.yaml:4:5: .*suport/);
  expect(cloudflare.kv.size).toBe(0);
  const despite = await causeway([...PUSH, "--despite-mistakes"], around);
  expect(despite).toMatchObject({ code: 0 });
});

it("refuses a document that could not be used, whatever is accepted", async () => {
  const { around, write } = folder();
  write("destination/support", "type: chanel\nchannel: C0000000001\n");
  const refused = await causeway([...PUSH, ...ANYHOW], around);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Nothing was published: it could not be used");
  expect(cloudflare.kv.size).toBe(0);
});

it("refuses to remove more than half of what is published, unless it is meant", async () => {
  for (const name of ["a", "b", "c", "d"])
    cloudflare.put(`person/${name}`, { slack: "U0000000003" });
  const { around } = folder();
  const refused = await causeway([...PUSH, "--overwrite", "--despite-mistakes"], around);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("This would remove 4 of 4 published documents");
  const meant = await causeway([...PUSH, "--overwrite", "--remove-many"], around);
  expect(meant).toMatchObject({ code: 0 });
  expect(Object.keys(cloudflare.documents())).toHaveLength(3);
});

it("refuses a folder that is none, and one without documents", async () => {
  cloudflare.put("person/ben", { slack: "U0000000003" });
  const none = folder({});
  expect(await causeway(PUSH, none.around)).toMatchObject({ code: 2 });
  none.write("person/zoe", "slack: U0000000001\n");
  none.remove("person/zoe");
  const empty = await causeway([...PUSH, "--overwrite"], none.around);
  expect(empty.code).toBe(2);
  expect(empty.stderr).toContain("would remove 1 of 1");
  expect(cloudflare.documents()).toHaveProperty("person/ben");
});

it("refuses options that belong to another target, and a target that is not set up", async () => {
  const { around } = folder();
  const wrong = await causeway(["diff", ...AT, "--url", "https://example.com"], around);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("--target worker") });
  const { CLOUDFLARE_API_TOKEN: _token, ...env } = cloudflare.env;
  const unset = await causeway(["diff", ...AT], { ...around, env });
  expect(unset).toMatchObject({ code: 2, stderr: expect.stringContaining("CLOUDFLARE_API_TOKEN") });
  const bad = await causeway(["diff", ...AT], {
    ...around,
    env: { ...cloudflare.env, CLOUDFLARE_API_TOKEN: "wrong" },
  });
  expect(bad.code).toBe(3);
  expect(bad.stderr).toContain("Workers KV Storage: Edit");
  expect(bad.stderr).not.toContain("wrong");
});

it("reads documents through links, and refuses links that would make documents disappear", async () => {
  const { dir, around, remove, write } = folder();
  write("shared/amina", "slack: U0000000007\n");
  remove("person/amina");
  symlinkSync("../shared/amina.yaml", join(dir, "person/amina.yaml"));
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  expect(cloudflare.documents()["person/amina"]).toBe('{"slack":"U0000000007"}');

  rmSync(join(dir, "person"), { recursive: true });
  symlinkSync(".", join(dir, "person"));
  symlinkSync("nowhere", join(dir, "destination/gone.yaml"));
  const refused = await causeway(PUSH, around);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("person:1:1: links to folders are not followed");
  expect(refused.stderr).toContain("destination/gone.yaml:1:1: this link leads to nothing");
  expect(cloudflare.documents()).toHaveProperty("person/amina");
});

it("leaves alone what is elsewhere, as lint and the others do", async () => {
  const { around, write } = folder();
  write("ci/jobs", "a: [\n");
  write("compose", "services: {}\n");
  const pushed = await causeway(PUSH, around);
  expect(pushed).toMatchObject({ code: 0 });
  expect(pushed.stderr).toContain("and so left out: compose.yaml, ci/jobs.yaml");
  const linted = await causeway(["lint"], around);
  expect(linted).toMatchObject({ code: 0 });
  expect(linted.stderr).toContain("and so left out: compose.yaml, ci/jobs.yaml");
});

it("publishes from a folder that cannot be written, and says what it could not keep", async () => {
  const { dir, around } = folder();
  writeFileSync(join(dir, ".causeway"), "in the way");
  const pushed = await causeway(PUSH, around);
  expect(pushed).toMatchObject({ code: 0 });
  expect(pushed.stderr).toContain("It could not be kept in .causeway/");
  expect(Object.keys(cloudflare.documents())).toHaveLength(3);
});
