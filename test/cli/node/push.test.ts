import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { causewayHere as causeway, causewayJsonHere as causewayJson } from "./run-here.ts";
import { AT, PUSH, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const { folder } = cloudflare;

type Refused = { error: { message: string; details: { conflicts: object[] } } };

describe("a push", () => {
  it("shows the plan in words, publishes, and leaves a record of who, when and why", async () => {
    const { around } = folder();
    const pushed = await causeway([...PUSH, "--by", "Amina"], around);
    expect(pushed).toMatchObject({ code: 0 });
    expect(pushed.stderr).toContain("+ mapping/gitlab/acme/web  added");
    expect(pushed.stderr).toContain('new rule "Opened": when an issue is opened, to support');
    expect(pushed.stdout).toMatch(/^Published 3 documents to .* as \d{8}T\d{6}Z-[0-9a-z]{6}\.\n$/);
    expect(cloudflare.documents()).toEqual({
      "destination/support": '{"type":"channel","channel":"C0000000001"}',
      "mapping/gitlab/acme/web": '{"rules":[{"name":"Opened","on":"issue.open","to":"support"}]}',
      "person/amina": '{"slack":"U0000000001"}',
    });
    const id = /as (\S+)\.$/m.exec(pushed.stdout)?.[1] ?? "";
    expect(cloudflare.kv.get("person/amina")?.metadata).toEqual({ by: "Amina", publish: id });
    expect(JSON.parse(cloudflare.kv.get(`history/${id}`)?.value ?? "")).toMatchObject({
      by: "Amina",
      why: "a reason",
      via: "command line",
      changes: [{ before: null }, { before: null }, { before: null }],
    });
  });

  it("keeps what both agreed on where Git does not look", async () => {
    const { dir, around } = folder();
    await causeway(PUSH, around);
    const kept = readdirSync(join(dir, ".causeway"));
    expect(kept).toEqual([".gitignore", expect.stringMatching(/^[0-9a-f]{16}\.json$/)]);
    expect(readFileSync(join(dir, ".causeway/.gitignore"), "utf8")).toBe("*\n");
  });

  it("writes nothing when nothing changed, also when others wrote the same JSON otherwise", async () => {
    const { around } = folder();
    await causeway(PUSH, around);
    cloudflare.put("person/amina", '{ "slack" : "U0000000001" }');
    const again = await causeway(PUSH, around);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toMatch(/^There is nothing to publish/);
    expect(cloudflare.documents()["person/amina"]).toBe('{ "slack" : "U0000000001" }');
  });

  it("only shows with --dry-run", async () => {
    const { around } = folder();
    const shown = await causeway(["push", ...AT, "--dry-run"], around);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("3 added. Nothing was published.");
    expect(cloudflare.kv.size).toBe(0);
  });

  it("signs with --by, else CAUSEWAY_BY, else the account's name", async () => {
    const one = folder();
    const { json } = await causewayJson<{ published: { by: string } }>(PUSH, one.around);
    expect(json.published.by).toBe("tester");
    one.write("person/amina", "slack: U0000000002\n");
    const env = { ...cloudflare.env, CAUSEWAY_BY: "ci@example.com" };
    const second = await causewayJson<{ published: { by: string } }>(PUSH, { ...one.around, env });
    expect(second.json.published.by).toBe("ci@example.com");
  });
});

describe("three ways", () => {
  it("leaves alone what only others changed, and says whose it is", async () => {
    const { around, write } = folder();
    await causeway(PUSH, around);
    const text = '{"slack":"U0000000009"}';
    cloudflare.kv.set("person/amina", {
      value: text,
      metadata: { by: "Ben", publish: "20261123T103200Z-abcdef" },
    });
    write("destination/support", "type: channel\nchannel: C0000000002\n");
    const pushed = await causeway(PUSH, around);
    expect(pushed.code).toBe(0);
    expect(pushed.stderr).toContain("person/amina: changed meanwhile by Ben, 2026-11-23 10:32 UTC");
    expect(cloudflare.documents()).toMatchObject({
      "person/amina": text,
      "destination/support": '{"type":"channel","channel":"C0000000002"}',
    });
  });

  it("refuses what both changed, writes nothing and names each, unless it is to be overwritten", async () => {
    const { around, write } = folder();
    await causeway(PUSH, around);
    cloudflare.put("person/amina", { slack: "U0000000009" });
    write("person/amina", "slack: U0000000005\n");
    write("destination/support", "type: channel\nchannel: C0000000002\n");
    const before = cloudflare.documents();
    const refused = await causeway(PUSH, around);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("  person/amina: changed meanwhile, and changed here");
    expect(cloudflare.documents()).toEqual(before);

    expect(await causeway([...PUSH, "--overwrite"], around)).toMatchObject({ code: 0 });
    expect(cloudflare.documents()["person/amina"]).toBe('{"slack":"U0000000005"}');
  });

  it("makes it what the folder says with --overwrite, also what only others changed since", async () => {
    const { around } = folder();
    await causeway(PUSH, around);
    const published = cloudflare.documents();
    cloudflare.kv.set("person/amina", {
      value: '{"slack":"U0000000009"}',
      metadata: { by: "Ben", publish: "20261123T103200Z-abcdef" },
    });
    cloudflare.kv.delete("mapping/gitlab/acme/web");
    cloudflare.put("person/ben", { slack: "U0000000003" });
    const kept = await causewayJson<object>(["diff", ...AT, "--overwrite", "--keep"], around);
    expect(kept.json).toMatchObject({ kept: ["person/ben"], meanwhile: [] });
    const shown = await causewayJson<object>(["diff", ...AT, "--overwrite"], around);
    expect(shown.json).toMatchObject({
      changes: [
        { key: "mapping/gitlab/acme/web", kind: "added" },
        { key: "person/amina", kind: "changed" },
        { key: "person/ben", kind: "removed" },
      ],
      meanwhile: [],
      conflicts: [],
    });

    const pushed = await causeway([...PUSH, "--overwrite"], around);
    expect(pushed.code).toBe(0);
    expect(pushed.stderr).toContain(
      "Overwritten, because of --overwrite:\n  mapping/gitlab/acme/web: removed meanwhile\n  person/amina: changed meanwhile by Ben, 2026-11-23 10:32 UTC",
    );
    expect(cloudflare.documents()).toEqual(published);
  });

  it("does not remove again what was gone on both sides and that others brought back", async () => {
    const { around, remove, write } = folder();
    await causeway(PUSH, around);
    const text = cloudflare.documents()["person/amina"];
    remove("person/amina");
    cloudflare.kv.delete("person/amina");
    write("destination/support", "type: channel\nchannel: C0000000002\n");
    expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
    cloudflare.put("person/amina", text);
    const again = await causeway(PUSH, around);
    expect(again.stderr).toContain("Left alone, because only others changed it (pull it):");
    expect(cloudflare.documents()["person/amina"]).toBe(text);
  });

  it("refuses when somebody is faster between the plan and the writing", async () => {
    const { around } = folder();
    let lists = 0;
    cloudflare.lookingOn(({ path }) => {
      // The plan lists three prefixes; the look just before the writing begins anew.
      if (path.startsWith("/keys")) lists += 1;
      if (lists === 4) cloudflare.put("person/amina", { slack: "U0000000009" });
    });
    const refused = await causeway(PUSH, around);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toContain("Nothing was published: somebody else changed the same");
    expect(Object.keys(cloudflare.documents())).toEqual(["person/amina"]);
  });

  it("without a base keeps what the folder lacks with --keep", async () => {
    cloudflare.put("person/ben", { slack: "U0000000003" });
    const { around } = folder();
    const kept = await causeway([...PUSH, "--keep"], around);
    expect(kept.code).toBe(0);
    expect(kept.stderr).toContain("Kept, though not in the folder:\n  person/ben");
    expect(cloudflare.documents()).toHaveProperty("person/ben");
    // It is nobody's here until it is pulled.
    const again = await causeway(PUSH, around);
    expect(again.stderr).toContain("Left alone, because only others changed it (pull it):");
    expect(cloudflare.documents()).toHaveProperty("person/ben");
  });

  it("without a base overwrites and removes nothing of others, unless the folder is the truth", async () => {
    await causeway(
      [...PUSH, "--by", "Ben"],
      folder({ "person/ben": "slack: U0000000003\n" }).around,
    );
    cloudflare.put("person/amina", { slack: "U0000000009" });
    const before = cloudflare.documents();
    const { around } = folder();
    const shown = await causeway(["diff", ...AT], around);
    expect(shown.code).toBe(1);
    expect(shown.stdout).toMatch(/person\/ben: published by Ben, \d{4}-.* UTC \(\S+\), and not in/);
    expect(shown.stdout).toContain("- person/ben    removed\n    is nobody in Slack");

    const refused = await causewayJson<Refused>(PUSH, around);
    expect(refused.code).toBe(4);
    expect(refused.json.error.message).toContain("never pulled from there");
    expect(refused.json.error.details.conflicts).toMatchObject([
      { key: "person/amina", by: null, at: null, publish: null },
      { key: "person/ben", by: "Ben", publish: expect.stringMatching(/^\d{8}T/) as string },
    ]);
    expect(cloudflare.documents()).toEqual(before);

    const ci = await causeway([...PUSH, "--overwrite"], around);
    expect(ci.code).toBe(0);
    expect(ci.stderr).toContain(
      "Overwritten, because of --overwrite:\n  person/amina: written past",
    );
    expect(ci.stderr).toMatch(/ {2}person\/ben: published by Ben, /);
    expect(Object.keys(cloudflare.documents())).not.toContain("person/ben");
  });

  it("without a base takes over what is the same on both sides, and knows whose changes are whose then", async () => {
    await causeway(PUSH, folder().around);
    const { around, write } = folder();
    expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
    write("person/amina", "slack: U0000000005\n");
    expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
    expect(cloudflare.documents()["person/amina"]).toBe('{"slack":"U0000000005"}');
  });
});
