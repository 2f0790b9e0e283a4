import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { fixture, startWorld, type World } from "./world.ts";

/** The live configuration, as documents and as the files of a folder. */
const LIVE = {
  "mapping/gitlab/acme": {
    rules: [
      { name: "Opened", on: "issue.open", to: "support" },
      { name: "Closed", on: "issue.close", to: "archive" },
    ],
  },
  "destination/support": { type: "channel", channel: "C0000000001", limit: "none" },
  "destination/archive": { type: "channel", channel: "C0000000002", limit: "none" },
};

type Result = {
  events: { total: number; undecided: number; unreadable: number };
  posts: { would: number; did: number; added: number; removed: number };
  tallies: { destination: string; day: string; would: number; did: number }[];
  added: { destination: string; type: string }[];
  removed: { destination: string; rule: string }[];
  leaks: { destination: string; why: string }[];
  faults: { said: string; where: string; events: number }[];
  dead: { destination: string; rules: { rule: string }[] }[];
  moved: { destination: string; messages: number }[];
  notes: string[];
};

const folder = mkdtempSync(join(tmpdir(), "backtest-"));
let drafts = 0;
let world: World;

/** A folder with the live documents, but for these; null takes one out. */
function draft(changes: Record<string, unknown> = {}): string {
  drafts += 1;
  const dir = join(folder, String(drafts));
  for (const [key, document] of Object.entries({ ...LIVE, ...changes })) {
    if (document === null) continue;
    const path = join(dir, `${key}.yaml`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof document === "string" ? document : JSON.stringify(document));
  }
  return dir;
}

async function run(dir: string, ...args: string[]): Promise<{ code: number | null; json: Result }> {
  return await causewayJson<Result>(["backtest", dir, ...args], { env: world.env });
}

beforeAll(async () => {
  world = await startWorld(LIVE);
  for (const name of ["issue.open", "issue.open", "issue.close", "issue.open-confidential"]) {
    await world.send(fixture(name, "acme/widgets"));
  }
  await world.settled();
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

describe("causeway backtest", () => {
  it("finds no difference between the live configuration and itself", async () => {
    const { code, json } = await run(draft());
    expect(code).toBe(0);
    expect(json).toMatchObject({
      events: { total: 4, undecided: 0, unreadable: 0 },
      posts: { would: 3, did: 3, added: 0, removed: 0 },
      leaks: [],
      faults: [],
      dead: [],
      moved: [],
    });
    const { stdout } = await causeway(["backtest", draft()], { env: world.env });
    expect(stdout).toMatch(/^4 events since .* UTC\. Nothing was sent\./);
    expect(stdout).toMatch(/support +\d{4}-\d\d-\d\d +2 +2 +none/);
    expect(stdout).toMatch(
      /\nThe same events would be told in the same places \(the words of messages are not compared\); nothing confidential would be told anew\.\n$/,
    );
  });

  it("says per destination and day what would be new and gone, with examples", async () => {
    const dir = draft({
      "mapping/gitlab/acme": {
        rules: [
          { name: "Opened", on: "issue.open", to: ["archive", "unused"] },
          { name: "Never", on: "pipeline.*", to: "unused" },
        ],
      },
      "destination/unused": { type: "channel", channel: "C0000000003", confidential: false },
    });
    const { code, json } = await run(dir);
    expect(code).toBe(0);
    expect(json.posts).toEqual({ would: 4, did: 3, unsent: 0, added: 4, removed: 3 });
    expect(json.tallies).toMatchObject([
      { destination: "archive", would: 2, did: 1, added: 2, removed: 1 },
      { destination: "support", would: 0, did: 2, added: 0, removed: 2 },
      { destination: "unused", would: 2, did: 0, added: 2, removed: 0 },
    ]);
    expect(json.removed.map(({ rule }) => rule).toSorted()).toEqual(["Closed", "Opened", "Opened"]);
    const { stdout } = await causeway(["backtest", dir], { env: world.env });
    expect(stdout).toMatch(/archive +\S+ +2 +1 +\+2 −1/);
    expect(stdout).toMatch(/\+ .* issue\.open "CMOC .*" in acme\/widgets → archive by "Opened"/);
    expect(stdout).toContain("4 more and 3 fewer would be posted (4 instead of 3)");
  });

  it("lists five examples, and each one with --all", async () => {
    for (let n = 0; n < 5; n += 1) await world.send(fixture("issue.reopen", "acme/widgets"));
    await world.settled();
    const rules = [...LIVE["mapping/gitlab/acme"].rules, { name: "Again", on: "*", to: "support" }];
    const dir = draft({ "mapping/gitlab/acme": { rules } });
    const some = await causeway(["backtest", dir], { env: world.env });
    expect(some.stdout.match(/^ {2}\+ /gm)).toHaveLength(5);
    expect(some.stdout).toContain("… and 1 more: --all lists each");
    const all = await causeway(["backtest", dir, "--all"], { env: world.env });
    expect(all.stdout.match(/^ {2}\+ /gm)).toHaveLength(6);
  });

  it("flags leaks: confidential events that a destination is not told now", async () => {
    const dir = draft({
      "mapping/gitlab/acme": {
        rules: [{ name: "Opened", on: "issue.open", to: ["support", "vault", "archive"] }],
      },
      "destination/support": { ...LIVE["destination/support"], confidential: true },
      "destination/vault": { type: "channel", channel: "C0000000009", confidential: true },
    });
    const { code, json } = await run(dir);
    expect(code).toBe(1);
    expect(json.leaks).toMatchObject([
      { destination: "support", why: "opened" },
      { destination: "vault", why: "new" },
    ]);
    const { stdout } = await causeway(["backtest", dir], { env: world.env });
    expect(stdout).toContain("Confidential events would be told where they are not told now (2):");
    expect(stdout).toContain("the destination is not told confidential events now");
  });

  it("flags destinations that nothing reaches, that are missing, and that would be elsewhere", async () => {
    const dir = draft({
      "mapping/gitlab/acme": {
        rules: [
          { name: "Opened", on: "issue.open", to: ["support", "suport"] },
          { name: "Late", on: "pipeline.failed", to: "archive" },
        ],
      },
      "destination/support": { ...LIVE["destination/support"], channel: "C0000000008" },
    });
    const { code, json } = await run(dir);
    expect(code).toBe(1);
    expect(json.dead).toEqual([
      { destination: "archive", rules: [{ mapping: "mapping/gitlab/acme", rule: "Late" }] },
    ]);
    expect(json.faults).toMatchObject([
      {
        said: "there is no document destination/suport",
        where: "mapping/gitlab/acme › Opened, to suport",
        events: 3,
      },
    ]);
    expect(json.moved).toEqual([{ destination: "support", messages: 2 }]);
    const { stdout } = await causeway(["backtest", dir], { env: world.env });
    expect(stdout).toContain('archive ("Late" of mapping/gitlab/acme)');
    expect(stdout).toContain("support: 2 messages, for its address is another one");
  });

  it("leaves alone with --keep what the folder does not have", async () => {
    const dir = draft({ "mapping/gitlab/acme": null, "destination/archive": null });
    expect((await run(dir)).json.posts).toMatchObject({ would: 0, removed: 3 });
    expect((await run(dir, "--keep")).json.posts).toMatchObject({ would: 3, removed: 0 });
  });

  it("sends nothing and records nothing", async () => {
    const before = world.slack.workspace.messages.length;
    const events = await world.api("/ledger");
    await run(draft({ "mapping/gitlab/acme": { rules: [{ name: "A", on: "*", to: "archive" }] } }));
    expect(world.slack.workspace.messages).toHaveLength(before);
    expect(await world.api("/ledger")).toEqual(events);
  });

  it("looks at the time that was asked for, and says when it is longer than events are kept", async () => {
    const { json } = await run(draft(), "--since", "30d");
    expect(json.notes).toEqual([
      "Events are kept for 7 days (RETENTION_DAYS): older ones are not known.",
    ]);
    const tomorrow = await causeway(["backtest", draft(), "--since", "2999-01-01"], {
      env: world.env,
    });
    expect(tomorrow).toMatchObject({ code: 2 });
    expect(tomorrow.stderr).toContain("--since 2999-01-01 is still to come");
    const wrong = await causeway(["backtest", draft(), "--since", "last week"], { env: world.env });
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain("expected how long ago");
  });

  it("refuses documents that could not be published, with their places", async () => {
    const dir = draft({
      "mapping/gitlab/acme": "rules:\n  - name: A\n    on: issue.open\n    too: support\n",
      "destination/support": "type: chanel\n",
      "destination/archive": "type: [\n",
    });
    const { code, stderr } = await causeway(["backtest", dir], { env: world.env });
    expect(code).toBe(1);
    expect(stderr).toContain(
      'mapping/gitlab/acme.yaml:4:5: rules[0].too: unknown key. Did you mean "to"?',
    );
    expect(stderr).toContain('destination/support.yaml:1:1: type: expected "workflow"');
    expect(stderr).toMatch(/destination\/archive\.yaml:\d+:\d+: /);
  });

  it("says when no Worker answers, and explains itself", async () => {
    const env = { ...world.env, CAUSEWAY_URL: "http://127.0.0.1:9" };
    const { code, stderr } = await causeway(["backtest", draft()], { env });
    expect(code).toBe(3);
    expect(stderr).toContain("Cannot reach the Worker at http://127.0.0.1:9");
    const help = await causeway(["backtest", "--help"]);
    expect(help.stdout).toContain("Nothing is sent or stored");
  });
});
