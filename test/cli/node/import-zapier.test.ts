import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { readFolder } from "../../../src/folder/read-folder.ts";
import { readYaml } from "../../../src/folder/read-yaml.ts";
import { field, type JsonObject } from "../../../src/json.ts";
import { matchRules } from "../../../src/mappings/match-rules.ts";
import { parseDestination, parseMapping } from "../../../src/mappings/parse-document.ts";
import { eventOf, payloadOf } from "../../gitlab/fixtures.ts";
import { causeway, causewayJson } from "./causeway.ts";

const EXPORT = join(import.meta.dirname, "../../fixtures/zapier/support-team.json");

type Imported = {
  files: { file: string; state: string; text: string }[];
  notes: { kind: string; from: string; file: string | null; message: string }[];
};

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "import-zapier-"));
}

/** One import into an empty folder, and one that only prints; most of what follows looks at them. */
const dir = newFolder();
const imported = await causeway(["import", "zapier", EXPORT, dir]);
const printed = await causewayJson<Imported>(["import", "zapier", EXPORT, "--dry-run"]);

describe("causeway import zapier", () => {
  it("makes a folder that can be used as it is, and says what is left to do", () => {
    const { code, stdout } = imported;
    expect(code).toBe(1);
    const { documents, problems } = readFolder(dir);
    expect(problems).toEqual([]);
    expect(documents.map(({ key }) => key)).toEqual([
      "destination/amina",
      "destination/licensing-requests",
      "destination/old-alarms",
      "destination/on-call-handover",
      "destination/widget-reviews",
      "mapping/gitlab/acme/support/internal-requests",
      "mapping/gitlab/acme/widgets",
      "mapping/gitlab/my-group/old-alarms",
      "mapping/gitlab/my-group/on-call-handover",
    ]);
    for (const { key, text } of documents) {
      const parse = key.startsWith("mapping/") ? parseMapping : parseDestination;
      expect({ key, ...parse(key, text) }).toMatchObject({ key, ok: true });
    }
    expect(stdout).toContain(`9 files in ${dir}:`);
    expect(stdout).toContain("npx wrangler secret put ON_CALL_HANDOVER_URL");
    expect(stdout).toContain("Gmail: Causeway tells Slack only");
  });

  it("turns the hand-over Zap into the mapping that operations would write", async () => {
    const shadow = newFolder();
    const of = ["--shadow", "--project", "On-call handover=Acme/Support/Handover"];
    await causeway(["import", "zapier", EXPORT, shadow, ...of]);
    expect(rulesOf(shadow, "mapping/gitlab/acme/support/handover.yaml")).toEqual([
      {
        name: "On-call handover",
        on: "issue.open",
        to: "on-call-handover",
        mode: "shadow",
        variables: {
          title: "{{ event.title }}",
          url: "{{ event.url }}",
          author: "{{ event.actor.name }}",
          project: "{{ event.project.path }}",
        },
      },
    ]);
    expect(yamlOf(shadow, "destination/on-call-handover.yaml")).toEqual({
      type: "workflow",
      url: "secret:ON_CALL_HANDOVER_URL",
      variables: ["title", "url", "author", "project"],
    });
    for (const { key, json } of readFolder(shadow).documents) {
      if (!key.startsWith("mapping/")) continue;
      const rules = field(json, "rules") as JsonObject[];
      expect(rules.map(({ mode }) => mode)).toEqual(rules.map(() => "shadow"));
    }
  });

  it("says a thing without an equivalent in the YAML, at the spot, and in the report", () => {
    const { code, json } = printed;
    expect(code).toBe(1);
    const file = "mapping/gitlab/acme/support/internal-requests.yaml";
    const text = json.files.find((each) => each.file === file)?.text ?? "";
    expect(text).toMatch(/ {2}# Step 5, Delay by Zapier: .*\n {2}- name: Licensing requests\n/);
    expect(json.notes).toContainEqual({
      kind: "lost",
      from: 'Zap "Licensing requests"',
      file,
      message: "Step 5, Delay by Zapier: Causeway tells at once, at the pace that Slack allows.",
    });
    expect(json.notes.filter(({ file: about }) => about === null).map(({ from }) => from)).toEqual([
      'Zap "Merge requests of the widgets"',
      'Zap "Friday question"',
    ]);
  });

  it("never lets an address out of the export", async () => {
    const shown = await causeway(["import", "zapier", EXPORT, "--dry-run"]);
    const written = readdirSync(dir, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => readFileSync(join(dir, file), "utf8"));
    expect(written).toHaveLength(9);
    const all = [imported.stdout, imported.stderr, shown.stdout, JSON.stringify(printed.json)];
    for (const said of [...all, ...written]) {
      expect(said).not.toMatch(/SecretPart|INVENTED|hooks\.slack\.com/);
    }
  });

  it("switches off what was paused, and keeps in shadow what it could not read whole", () => {
    const [rule] = rulesOf(dir, "mapping/gitlab/my-group/old-alarms.yaml");
    expect(rule).toMatchObject({ on: "pipeline.*", enabled: false, mode: "shadow" });
    const [live] = rulesOf(dir, "mapping/gitlab/my-group/on-call-handover.yaml");
    expect(live).not.toHaveProperty("mode");
  });

  it("makes of paths one rule each; the fallback is for what the others do not want", () => {
    const text = JSON.stringify(yamlOf(dir, "mapping/gitlab/acme/widgets.yaml"));
    const mapping = parseMapping("mapping/gitlab/acme/widgets", text);
    if (!mapping.ok) throw new Error("unusable");
    const told = (branch: string): string[] => {
      const before = payloadOf("merge_request.open");
      const attributes = before["object_attributes"] as JsonObject;
      const changed = { object_attributes: { ...attributes, target_branch: branch } };
      const event = eventOf("merge_request.open", changed);
      return matchRules(event, { ...before, ...changed }, [mapping.value]).flatMap(
        ({ destinations }) => destinations,
      );
    };
    expect(told("main")).toEqual(["widget-reviews"]);
    expect(told("release")).toEqual(["amina"]);
  });
});

describe("a folder that is not empty", () => {
  it("is left alone where a file is in the way, unless what is there may stay", async () => {
    const taken = newFolder();
    const mine = "type: channel\nchannel: U0000000009\n";
    mkdirSync(join(taken, "destination"));
    writeFileSync(join(taken, "destination/amina.yaml"), mine);
    const refused = await causeway(["import", "zapier", EXPORT, taken]);
    expect(refused.code).toBe(4);
    expect(refused.stderr).toMatch(
      /Nothing was written.*destination\/amina\.yaml.*--skip-existing/,
    );
    expect(readdirSync(taken)).toEqual(["destination"]);

    const skipping = ["import", "zapier", EXPORT, taken, "--skip-existing"];
    const { code, json } = await causewayJson<Imported>(skipping);
    expect(code).toBe(1);
    const skipped = json.files.filter(({ state }) => state === "skipped");
    expect(skipped.map(({ file }) => file)).toEqual(["destination/amina.yaml"]);
    expect(readFileSync(join(taken, "destination/amina.yaml"), "utf8")).toBe(mine);
  });

  it("may be imported into again", async () => {
    const { json } = await causewayJson<Imported>(["import", "zapier", EXPORT, dir]);
    expect(new Set(json.files.map(({ state }) => state))).toEqual(new Set(["unchanged"]));
  });
});

describe("what cannot be used", () => {
  test.for<[said: string, args: string[], code: number, message: RegExp]>([
    ["no such file", ["nowhere.json", "x"], 2, /There is no nowhere\.json/],
    ["no JSON", [join(import.meta.dirname, "causeway.ts"), "x"], 2, /is no JSON/],
    ["no project", [EXPORT, "x", "--project", "a b"], 2, /"a b" is not the path of a project/],
    ["no folder to write to", [EXPORT], 2, /holds no configuration/],
  ])("%s", async ([, args, code, message]) => {
    const ended = await causeway(["import", "zapier", ...args], { cwd: newFolder() });
    expect(ended.stderr).toMatch(message);
    expect(ended.code).toBe(code);
  });

  it("is said as JSON, too", async () => {
    const { code, json } = await causewayJson<JsonObject>([
      "import",
      "zapier",
      "nowhere.json",
      "x",
    ]);
    expect(code).toBe(2);
    expect(json).toMatchObject({ error: { code: "no_file" } });
  });

  it("is an export without Zaps", async () => {
    const cwd = newFolder();
    writeFileSync(join(cwd, "empty.json"), '{"metadata":{"version":2},"zaps":[]}');
    const { code, stdout } = await causeway(["import", "zapier", "empty.json", "x"], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Nothing could be made of it\.\n[^]*no Zap with steps/);
  });
});

function yamlOf(dir: string, file: string): unknown {
  const read = readYaml(readFileSync(join(dir, file), "utf8"));
  return read.ok ? read.json : read.problems;
}

function rulesOf(dir: string, file: string): unknown[] {
  return (yamlOf(dir, file) as { rules: unknown[] }).rules;
}
