import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { startWorld } from "./world.ts";

const world = await startWorld();
afterAll(() => world.stop());

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "causeway-people-"));
  mkdirSync(join(dir, "person"));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
  world.slack.workspace.faults.clear();
  world.slack.workspace.scopes.add("users:read.email");
});

function put(file: string, text: string): string {
  writeFileSync(join(dir, file), text);
  return file;
}

/** The person files of the folder. */
function people(): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(dir, "person")).map((file) => [
      file,
      readFileSync(join(dir, "person", file), "utf8"),
    ]),
  );
}

type Item = {
  username: string;
  slack: string | null;
  outcome: string;
  conflicts: { code: string; message: string }[];
};

async function imported(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; items: Item[] }> {
  const around = { cwd: dir, env };
  const { code, json } = await causewayJson<{ items: Item[] }>(
    ["people", "import", ...args],
    around,
  );
  return { code, items: json.items };
}

const AMINA = { "amina.yaml": "slack: U0000000001\n" };

describe("causeway people import", () => {
  it("writes nothing twice, and nothing with --dry-run", async () => {
    const file = put("team.csv", "gitlab,slack\namina,U0000000001\n");
    const dry = await causeway(["people", "import", file, "--dry-run"], { cwd: dir });
    expect(dry.stdout).toContain("+ amina = U0000000001");
    expect(dry.stdout).toContain("Nothing was written (--dry-run).");
    expect(people()).toEqual({});
    await imported([file]);
    expect(people()).toEqual(AMINA);
    expect((await imported([file])).items).toMatchObject([{ outcome: "unchanged" }]);
  });

  it("makes the folder that is named where there is none", async () => {
    const file = put("team.csv", "gitlab,slack\namina,U0000000001\n");
    mkdirSync(join(dir, "empty"));
    for (const folder of ["new/config", "empty"]) {
      const dry = await causeway(["people", "import", file, folder, "--dry-run"], { cwd: dir });
      expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining("+ amina") });
      expect((await imported([file, folder])).items).toMatchObject([{ outcome: "added" }]);
      expect(readdirSync(join(dir, folder, "person"))).toEqual(["amina.yaml"]);
    }
    put("a-file", "");
    const other = await causeway(["people", "import", file, "a-file"], { cwd: dir });
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining("no configuration") });
  });

  it("leaves what contradicts the folder or itself, and says why", async () => {
    put("person/amina.yaml", "# Leads the team.\nslack: U0000000003 # Chen\n");
    put("person/olaf.yaml", "slack: U0000000002\n");
    const file = put(
      "team.csv",
      [
        "gitlab,slack,email",
        "amina,U0000000001,",
        "bruno,U0000000002,",
        "dana,U0000000005,",
        "dana,U0000000006,",
        "eve,eve.slack,",
        ",U0000000007,",
        "../../evil,U0000000008,",
        "faith,,faith@example.com",
        "gus,,",
        "hana,U0000000009,",
        "hana,U0000000009,",
      ].join("\n"),
    );
    const before = people();
    const { code, items } = await imported([file]);
    expect(code).toBe(1);
    expect(
      items.map(({ username, outcome, conflicts }) => [
        username,
        outcome,
        ...conflicts.map((conflict) => conflict.code),
      ]),
    ).toEqual([
      ["amina", "conflict", "mapped_otherwise"],
      ["bruno", "conflict", "shared_member"],
      ["dana", "conflict", "twice"],
      ["dana", "conflict", "twice"],
      ["eve", "unusable", "bad_member"],
      ["", "unusable", "no_username"],
      ["../../evil", "unusable", "bad_username"],
      ["faith", "unusable", "not_asked"],
      ["gus", "unusable", "no_member"],
      ["hana", "added"],
    ]);
    expect(people()).toEqual({ ...before, "hana.yaml": "slack: U0000000009\n" });
    const { stdout } = await causeway(["people", "import", file], { cwd: dir });
    expect(stdout).toContain("person/amina.yaml says U0000000003, the list U0000000001. (--force)");
    expect(stdout).toContain("U0000000002 is olaf, too");
    expect(stdout).toContain("team.csv:4");
    expect(stdout).toContain(
      "1 unchanged, 4 in conflict, 5 without a person. Nothing was written.",
    );
  });

  it("writes with --force what can be meant, and keeps what else stands in a file", async () => {
    put("person/amina.yaml", "# Leads the team.\nslack: U0000000003 # Chen\n");
    put("person/chen.yaml", "slack: [\n");
    const file = put(
      "team.csv",
      "gitlab,slack\namina,U0000000001\nchen,U0000000004\ndana,U05\ndana,U06\n",
    );
    const { code, items } = await imported([file, "--force"]);
    expect(items.map(({ outcome }) => outcome)).toEqual([
      "changed",
      "conflict",
      "conflict",
      "conflict",
    ]);
    expect(code).toBe(1);
    expect(people()).toEqual({
      "amina.yaml": "# Leads the team.\nslack: U0000000001\n",
      // What cannot be read is put right by hand.
      "chen.yaml": "slack: [\n",
    });
  });

  it("finds people by e-mail through Slack, and says who is not there any more", async () => {
    world.slack.workspace.member("bruno")!.isDeleted = true;
    const file = put(
      "team.csv",
      [
        "Username,E-mail,Slack",
        "amina,Amina@Example.com,",
        "bruno,,U0000000002",
        "causeway,,U0CAUSEWAY",
        "nina,nina@example.com,",
        "olaf,,U0999999999",
      ].join("\n"),
    );
    const { code, items } = await imported([file, "--by-email"], world.env);
    expect(code).toBe(1);
    expect(items.map(({ username, conflicts }) => [username, conflicts[0]?.code])).toEqual([
      ["amina", undefined],
      ["bruno", "deactivated"],
      ["causeway", "bot"],
      ["nina", "not_found"],
      ["olaf", "not_found"],
    ]);
    expect(people()).toEqual({ "amina.yaml": "slack: U0000000001 # amina\n" });
    world.slack.workspace.member("bruno")!.isDeleted = false;
  });

  it("waits while Slack wants to be left alone, and goes on", async () => {
    const rateLimited = { on: "/api/users.*", fault: "rate_limited", retryAfter: 1, times: 1 };
    world.slack.workspace.faults.set({ ...rateLimited, fault: "rate_limited" });
    const rows = Array.from({ length: 60 }, (_, n) => `user${n},user${n}@example.com`);
    const file = put("team.csv", ["gitlab,email", "amina,amina@example.com", ...rows].join("\n"));
    const { code, stdout, stderr } = await causeway(["people", "import", file, "--by-email"], {
      cwd: dir,
      env: world.env,
    });
    expect(stderr).toContain("Slack asks for 1 s of patience");
    expect(stdout).toContain("1 added, 0 unchanged, 60 in conflict.");
    expect(code).toBe(1);
  });

  it("says which scope is missing, and writes nothing", async () => {
    world.slack.workspace.scopes.delete("users:read.email");
    const file = put(
      "team.csv",
      "gitlab,email,slack\namina,amina@example.com,\nbruno,,U0000000002\n",
    );
    const { code, stderr } = await causeway(["people", "import", file, "--by-email"], {
      cwd: dir,
      env: world.env,
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(/lacks the scope users:read\.email\. Paste slack-app-manifest\.yaml/);
    expect(people()).toEqual({});
  });

  it("says what is wrong with a list, and that there is none", async () => {
    const phones = put("phones.csv", "name,phone\nAmina,1\n");
    expect(await causeway(["people", "import", phones], { cwd: dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("phones.csv has the columns name, phone."),
    });
    expect(await causeway(["people", "import", "gone.csv"], { cwd: dir })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("gone.csv: there is no such file."),
    });
  });
});

describe("causeway people list and check", () => {
  it("list the people of a folder", async () => {
    put("person/bruno.yaml", "slack: U0000000002\n");
    put("person/amina.yaml", "slack: [\n");
    const { stdout, code } = await causeway(["people", "list"], { cwd: dir });
    expect(stdout).toBe("amina  (cannot be read)\nbruno  U0000000002\n");
    expect(code).toBe(0);
  });

  it("say who is not in Slack any more", async () => {
    put("person/amina.yaml", "slack: U0000000001\n");
    put("person/bruno.yaml", "slack: U0000000002\n");
    const around = { cwd: dir, env: world.env };
    const fine = await causeway(["people", "check"], around);
    expect(fine.stdout).toBe("✓ All 2 people are there.\n");
    expect(fine.code).toBe(0);
    world.slack.workspace.member("bruno")!.isDeleted = true;
    put("person/chen.yaml", "slack: U0000000001\n");
    put("person/dana.yaml", "slack: dana\n");
    const { code, json } = await causewayJson<{
      items: { username: string; problems: string[] }[];
    }>(["people", "check"], around);
    expect(code).toBe(1);
    expect(json.items.map(({ username, problems }) => [username, ...problems])).toEqual([
      ["amina", "U0000000001 is chen, too."],
      ["bruno", "U0000000002: the account has been deactivated."],
      ["chen", "U0000000001 is amina, too."],
      ["dana", 'person/dana.yaml names no Slack member id: "causeway lint" says what is wrong.'],
    ]);
    world.slack.workspace.member("bruno")!.isDeleted = false;
  });
});
