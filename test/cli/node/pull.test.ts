import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { causewayHere as causeway, causewayJsonHere as causewayJson } from "./run-here.ts";
import { AT, PUSH, SUPPORT, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const { folder } = cloudflare;

it("fills a new folder, from which nothing differs then", async () => {
  cloudflare.put("person/amina", { slack: "U0000000001" });
  cloudflare.put("mapping/gitlab/*", { rules: [{ name: "All", on: "*", to: "support" }] });
  const { dir, around } = folder({});
  const pulled = await causeway(["pull", "new", ...AT], around);
  expect(pulled.code).toBe(0);
  expect(readdirSync(join(dir, "new/mapping/gitlab"))).toEqual(["*.yaml"]);
  expect((await causeway(["diff", "new", ...AT], around)).code).toBe(0);
});

it("leaves files that say the same as they are, and edits others in place", async () => {
  const { around, read, write } = folder();
  await causeway(PUSH, around);
  write("person/amina", "# my own words\nslack: 'U0000000001'   # quoted\n");
  cloudflare.put("mapping/gitlab/acme/web", {
    rules: [
      { name: "Closed", on: "issue.close", to: "support" },
      { name: "Opened", on: "issue.open", to: ["support", "archive"] },
    ],
  });
  const pulled = await causeway(["pull", ...AT], around);
  expect(pulled).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("~ mapping/gitlab/acme/web.yaml"),
  });
  expect(read("person/amina")).toBe("# my own words\nslack: 'U0000000001'   # quoted\n");
  expect(read("destination/support")).toBe(SUPPORT["destination/support"]);
  expect(read("mapping/gitlab/acme/web")).toBe(
    [
      "# Everything about the web shop.",
      "rules:",
      "  - name: Closed",
      "    on: issue.close",
      "    to: support",
      "  - name: Opened",
      "    on: issue.open # new ones",
      "    to:",
      "      - support",
      "      - archive",
      "",
    ].join("\n"),
  );
});

it("removes the file of what was removed there, and keeps what was never published", async () => {
  const { dir, around, write } = folder();
  await causeway(PUSH, around);
  cloudflare.kv.delete("person/amina");
  write("person/zoe", "slack: U0000000007\n");
  const { code, json } = await causewayJson<object>(["pull", ...AT], around);
  expect(code).toBe(0);
  expect(json).toMatchObject({ removed: ["person/amina.yaml"], unpublished: ["person/zoe"] });
  expect(existsSync(join(dir, "person/amina.yaml"))).toBe(false);
  expect(existsSync(join(dir, "person/zoe.yaml"))).toBe(true);
});

it("does not overwrite what was changed here and not pushed, unless asked to", async () => {
  const { around, read, write } = folder();
  await causeway(PUSH, around);
  write("person/amina", "slack: U0000000005\n");
  write("destination/support", "type: channel\nchannel: C0000000005\n");
  cloudflare.put("person/amina", { slack: "U0000000009" });
  const pulled = await causewayJson<object>(["pull", ...AT], around);
  expect(pulled.code).toBe(4);
  expect(pulled.json).toMatchObject({
    conflicts: ["person/amina"],
    unpublished: ["destination/support"],
    written: [],
  });
  expect(read("person/amina")).toBe("slack: U0000000005\n");

  expect(await causeway(["pull", ...AT, "--overwrite"], around)).toMatchObject({ code: 0 });
  expect(read("person/amina")).toBe("slack: U0000000009\n");
  expect(read("destination/support")).toContain("channel: C0000000001");
});

it("names documents with broken JSON and keys that would leave the folder, and leaves them", async () => {
  const { dir, around, read } = folder();
  await causeway(PUSH, around);
  cloudflare.put("person/amina", '{"slack":');
  cloudflare.put("person/../../../evil", { slack: "U0000000001" });
  cloudflare.put("destination//odd", { type: "channel", channel: "C0000000001" });
  const pulled = await causeway(["pull", ...AT], around);
  expect(pulled.code).toBe(1);
  expect(pulled.stdout).toContain('"person/amina": it is not JSON');
  expect(pulled.stdout).toContain('"person/../../../evil": its name cannot be a file');
  expect(pulled.stdout).toContain('"destination//odd": its name cannot be a file');
  expect(read("person/amina")).toBe(SUPPORT["person/amina"]);
  expect(existsSync(join(dir, "../evil.yaml"))).toBe(false);
  expect(readdirSync(join(dir, "destination"))).toEqual(["support.yaml"]);

  // A bad document is put right by pushing over it.
  const refused = await causeway(PUSH, around);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain("person/amina: changed meanwhile, and not JSON as it is");
  const pushed = await causeway([...PUSH, "--overwrite"], around);
  expect(pushed.code).toBe(0);
  expect(pushed.stderr).toContain("what was there is not JSON");
  expect(cloudflare.documents()["person/amina"]).toBe('{"slack":"U0000000001"}');
});

it("takes over what others changed since the last pull, so that the next push is about one's own", async () => {
  const { around } = folder();
  await causeway(PUSH, around);
  cloudflare.put("person/ben", { slack: "U0000000009" });
  expect((await causeway(["diff", ...AT], around)).stdout).toContain(
    "person/ben: changed meanwhile",
  );
  await causeway(["pull", ...AT], around);
  expect(await causeway(["diff", ...AT], around)).toMatchObject({ code: 0 });
});

it("begins new files with the line for editors where the folder has the schemas", async () => {
  cloudflare.put("person/amina", { slack: "U0000000001" });
  cloudflare.put("mapping/gitlab/acme/web", { rules: [] });
  const { dir, around, read } = folder({ "destination/support": SUPPORT["destination/support"] });
  mkdirSync(join(dir, "schemas"));
  await causeway(["pull", ...AT], around);
  expect(read("person/amina")).toBe(
    "# yaml-language-server: $schema=../schemas/person.schema.json\nslack: U0000000001\n",
  );
  expect(read("mapping/gitlab/acme/web")).toMatch(
    /^# yaml-language-server: \$schema=\.\.\/\.\.\/\.\.\/schemas\/gitlab-mapping\.schema\.json\n/,
  );
});
