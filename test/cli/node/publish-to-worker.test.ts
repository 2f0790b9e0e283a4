import { afterAll, beforeEach, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { editableFolder, SIGNED, SUPPORT } from "./folder-beside-cloudflare.ts";
import { startWorld } from "./world.ts";

const world = await startWorld();
const folder = editableFolder();
const around = { cwd: folder.dir, env: { ...world.env, ...SIGNED } };
afterAll(async () => {
  folder.drop();
  await world.stop();
});
beforeEach(() => {
  for (const [file, text] of Object.entries(SUPPORT)) folder.write(file, text);
});

const PUSH = ["push", "--yes", "-m", "a reason"];
type Listed = { items: { id: string; by: string; via: string; total: number; written: number }[] };

it("publishes through the Worker until all is in KV, and pulls it again", async () => {
  const { code, json } = await causewayJson<{ published: object }>(
    [...PUSH, "--by", "Amina"],
    around,
  );
  expect(code).toBe(0);
  expect(json.published).toMatchObject({ by: "Amina", via: "command line", total: 3, written: 3 });
  expect(await world.kv.get("person/amina")).toBe('{"slack":"U0000000001"}');
  expect((await causeway(["diff"], around)).code).toBe(0);

  const other = editableFolder({});
  const pulled = await causeway(["pull", "copy"], { ...around, cwd: other.dir });
  expect(pulled.code).toBe(0);
  expect((await causeway(["diff", "copy"], { ...around, cwd: other.dir })).code).toBe(0);
  other.drop();
});

it("lets one of two pushes at the same moment win, and loses nothing of it", async () => {
  await causeway(PUSH, around);
  const others = ["U0000000011", "U0000000012"].map((slack) => {
    return { ...editableFolder(), slack };
  });
  for (const other of others) {
    await causeway(["pull", other.dir], around);
    other.write("person/amina", `slack: ${other.slack}\n`);
  }
  const ends = await Promise.all(others.map(({ dir }) => causeway(PUSH, { ...around, cwd: dir })));
  const { items } = await world.api<Listed>("/publishes?key=person/amina");
  const winners = others.filter((_other, at) => ends[at]?.code === 0);
  expect(ends.map(({ code }) => code ?? -1).toSorted((a, b) => a - b)).toEqual([0, 4]);
  const losers = ends.filter(({ code }) => code === 4).map(({ stderr }) => stderr);
  const words = /person\/amina: changed meanwhile by tester, \d{4}/;
  expect(losers.filter((said) => !words.test(said))).toEqual([]);
  expect(items).toHaveLength(1 + winners.length);
  const { text } = await world.api<{ text: string }>("/documents/person/amina");
  expect(winners.map(({ slack }) => `{"slack":"${slack}"}`)).toContain(text);
  for (const other of others) other.drop();
});

it("refuses what the Worker finds wrong, with each document named", async () => {
  folder.write("destination/support", "type: channel\nchannel: nowhere\n");
  const refused = await causeway([...PUSH, "--despite-mistakes"], around);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("Nothing was published: it could not be used.");
  expect(refused.stderr).toMatch(/destination\/support: channel: expected a Slack channel id/);
});

it("shows edits by hand in the history, and rolls a publish back", async () => {
  const before = await world.kv.get("person/amina");
  folder.write("person/amina", "slack: U0000000021\n");
  folder.write("person/ben", "slack: U0000000022\n");
  await causeway([...PUSH, "--overwrite"], around);
  const list = async () => (await causewayJson<Listed>(["history"], around)).json.items;
  const [latest] = await list();
  const rolled = await causeway(["rollback", latest?.id ?? "", "--yes"], around);
  expect(rolled.code).toBe(0);
  expect(before).not.toBeNull();
  expect(await world.kv.get("person/amina")).toBe(before);
  expect(await world.kv.get("person/ben")).toBeNull();
  expect((await list())[0]).toMatchObject({ total: 2, written: 2 });
  const gone = await causeway(["history", "20200101T000000Z-000000"], around);
  expect(gone.code).toBe(2);

  await world.kv.put("destination/by-hand", '{"type":"channel","channel":"C0000000009"}');
  await causeway(["diff"], around);
  expect((await list())[0]).toMatchObject({ via: "outside", total: 1 });
});

it("publishes 2,000 mappings", async () => {
  const many = editableFolder(SUPPORT);
  for (let index = 0; index < 2000; index += 1) {
    many.write(
      `mapping/gitlab/acme/p${index}`,
      "rules:\n  - name: Opened\n    on: issue.open\n    to: support\n",
    );
  }
  const at = { ...around, cwd: many.dir };
  const pushed = await causeway([...PUSH, "--keep", "--overwrite"], at);
  expect(pushed).toMatchObject({ code: 0 });
  const { items } = await world.api<Listed>("/publishes?limit=1");
  expect(items[0]?.total).toBeGreaterThanOrEqual(2000);
  expect(items[0]?.written).toBe(items[0]?.total);
  expect(await world.kv.get("mapping/gitlab/acme/p1999")).toContain("Opened");
  many.drop();
}, 120_000);
