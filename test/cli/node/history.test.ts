import { expect, it } from "vitest";
import { causeway as causewayProcess } from "./causeway.ts";
import { causewayHere as causeway, causewayJsonHere as causewayJson } from "./run-here.ts";
import { AT, PUSH, useCloudflare } from "./folder-beside-cloudflare.ts";

const cloudflare = await useCloudflare();
const { folder } = cloudflare;

type Listed = { items: { id: string; via: string; total: number; why: string }[] };

async function list(around: { env: Record<string, string> }, ...more: string[]) {
  return (await causewayJson<Listed>(["history", ...AT, ...more], around)).json.items;
}

it("lists who published what, when and why, the newest first, also of one document", async () => {
  const { around, write } = folder();
  await causeway([...PUSH, "--by", "Amina"], around);
  write("person/amina", "slack: U0000000002\n");
  await causeway(["push", ...AT, "--yes", "-m", "she has a new account", "--by", "Ben"], around);
  const { stdout } = await causeway(["history", ...AT], around);
  expect(stdout.split("\n").map((line) => line.split(/\s{2,}/).slice(1, 4))).toEqual([
    ["WHO", "WHAT", "WHY"],
    ["Ben", "~ person/amina", "she has a new account"],
    ["Amina", "3 documents", "a reason"],
    [],
  ]);
  expect(await list(around, "--key", "destination/support")).toHaveLength(1);
  expect(await list(around, "--limit", "1")).toMatchObject([{ why: "she has a new account" }]);
  expect(await causewayProcess(["history", ...AT, "--limit", "0"], around)).toMatchObject({
    code: 2,
  });

  const [latest] = await list(around);
  const shown = await causeway(["history", latest?.id ?? "", "--full", ...AT], around);
  expect(shown.stdout).toContain("is U0000000002 in Slack; before, U0000000001");
  expect(shown.stdout).toContain("-slack: U0000000001\n    +slack: U0000000002");
});

it("shows what somebody changed by hand, and rolls it back", async () => {
  const { around } = folder();
  await causeway(PUSH, around);
  cloudflare.put("person/amina", { slack: "U0000000009" });
  cloudflare.kv.delete("destination/support");
  expect(await list(around)).toMatchObject([
    { id: "outside", via: "outside", total: 2 },
    { via: "command line" },
  ]);
  const rolled = await causeway(["rollback", "outside", "--yes", ...AT], around);
  expect(rolled.code).toBe(0);
  expect(cloudflare.documents()).toMatchObject({
    "person/amina": '{"slack":"U0000000001"}',
    "destination/support": '{"type":"channel","channel":"C0000000001"}',
  });
  const [undone, edit] = await list(around);
  expect(edit).toMatchObject({ via: "outside", total: 2 });
  expect(edit?.id).toMatch(/^\d{8}T\d{6}Z-/);
  expect(undone).toMatchObject({ restores: edit?.id });
});

it("takes for no edit what the Worker has recorded and not written yet", async () => {
  const { around, write } = folder();
  await causeway(PUSH, around);
  const before = cloudflare.documents()["person/amina"] ?? null;
  const id = "29991123T103200Z-abcdef";
  const head = { id, at: "2999-11-23T10:32:00.000Z", by: "Ben", why: "his reason", restores: null };
  cloudflare.kv.set(`history/${id}`, {
    value: JSON.stringify({
      ...head,
      via: "console",
      changes: [
        { key: "person/amina", before, after: '{"slack":"U0000000009"}' },
        { key: "person/ben", before: null, after: '{"slack":"U0000000003"}' },
      ],
    }),
    metadata: { at: head.at, by: head.by, why: head.why, total: 2 },
  });
  write("destination/support", "type: channel\nchannel: C0000000002\n");
  expect(await causeway(PUSH, around)).toMatchObject({ code: 0 });
  const recorded = (await list(around)).map(({ via }) => via);
  expect(recorded).toEqual(["console", "command line", "command line"]);

  // What is neither the old text nor the new one is somebody's edit all the same.
  cloudflare.put("person/amina", { slack: "U0000000007" });
  expect(await list(around)).toMatchObject([{ via: "outside", total: 1 }, {}, {}, {}]);
});

it("rolls back a publish, and that rollback too", async () => {
  const { around, write, remove } = folder();
  await causeway(PUSH, around);
  const before = cloudflare.documents();
  write("destination/other", "type: channel\nchannel: C0000000002\n");
  write("mapping/gitlab/acme/web", "rules:\n  - name: Opened\n    on: issue.open\n    to: other\n");
  remove("person/amina");
  await causeway(PUSH, around);
  const after = cloudflare.documents();

  const [second] = await list(around);
  const looked = await causeway(["rollback", second?.id ?? "", "--dry-run", ...AT], around);
  expect(looked.stdout).toContain('rule "Opened" goes to support');
  expect(cloudflare.documents()).toEqual(after);
  const rolled = await causeway(["rollback", second?.id ?? "", "--yes", ...AT], around);
  expect(rolled.code).toBe(0);
  expect(cloudflare.documents()).toEqual(before);

  const again = await causeway(["rollback", second?.id ?? "", "--yes", ...AT], around);
  expect(again.stdout).toContain("Everything is as it was before");
  const [rollback] = await list(around);
  await causeway(["rollback", rollback?.id ?? "", "--yes", ...AT], around);
  expect(cloudflare.documents()).toEqual(after);
});

it("does not roll back what was changed again since, unless asked to, and says which publish it was", async () => {
  const { around, write } = folder();
  await causeway(PUSH, around);
  write("person/amina", "slack: U0000000002\n");
  await causeway(PUSH, around);
  const [second] = await list(around);
  write("person/amina", "slack: U0000000003\n");
  await causeway([...PUSH, "--by", "Ben"], around);
  const [third] = await list(around);
  const refused = await causeway(["rollback", second?.id ?? "", "--yes", ...AT], around);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain("  person/amina: Ben, ");
  expect(refused.stderr).toContain(third?.id);
  const forced = await causeway(
    ["rollback", second?.id ?? "", "--yes", "--overwrite", ...AT],
    around,
  );
  expect(forced.code).toBe(0);
  expect(cloudflare.documents()["person/amina"]).toBe('{"slack":"U0000000001"}');
});

it("says what it cannot find, and never shows an address that is a password", async () => {
  const { around, write } = folder();
  const none = await causeway(["history", "20261123T065510Z-0k3f9x", ...AT], around);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("causeway history") });
  expect((await causeway(["history", ...AT], around)).stdout).toBe("Nothing was published yet.\n");

  const url = "https://hooks.slack.com/triggers/T0/1/secretsecret";
  write("destination/hook", `type: workflow\nurl: ${url}\n`);
  const pushed = await causeway([...PUSH, "--despite-mistakes"], around);
  expect(pushed.code).toBe(0);
  write("destination/hook", `type: workflow\nurl: ${url}2\n`);
  const said = await Promise.all([
    causeway(["diff", "--full", ...AT], around),
    causeway(["diff", "--full", "--json", ...AT], around),
    causeway(["history", (await list(around))[0]?.id ?? "", "--full", ...AT], around),
  ]);
  expect(said[0]?.stdout).toContain("goes to another address");
  expect(said[0]?.stdout).toMatch(
    /-url: https:\/\/hooks\.slack\.com\/triggers\/T…\/…••••[0-9a-f]{6}\n/,
  );
  for (const { stdout, stderr } of [...said, pushed]) {
    expect(stdout + stderr).not.toContain("secretsecret");
  }
});
