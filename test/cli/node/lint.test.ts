import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";
import { causewayHere } from "./run-here.ts";

const EXAMPLE = join(import.meta.dirname, "../../../examples/gitlab-support");

const TEAM = "type: channel\nchannel: C0000000001\n";
const GOOD = "rules:\n  - name: New\n    on: issue.open\n    to: team\n";
const WARNED = `${GOOD}    message: "<!here> {{ event.link }}"\n`;
const BAD = `${WARNED}  - name: 50% off, please
    on: issue.opened
    to: [team, teem]
`;

/** A folder `config` with these files, in a folder of its own. */
function folder(files: Record<string, string>): { cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "causeway-lint-"));
  for (const [file, text] of Object.entries(files)) {
    const path = join(cwd, "config", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return { cwd };
}

const MAPPING = "mapping/gitlab/acme.yaml";
const badFolder = () => folder({ [MAPPING]: BAD, "destination/team.yaml": TEAM });

it("finds nothing in the example, also when it is strict", async () => {
  const { code, stdout, stderr } = await causewayHere(["lint", EXAMPLE, "--strict"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toBe("Nothing to put right in 11 documents.\n");
});

it("lists errors, then warnings, each with file, line and column", async () => {
  const { code, stdout } = await causeway(["lint", "config"], badFolder());
  expect(code).toBe(1);
  expect(stdout).toBe(`Errors
  config/mapping/gitlab/acme.yaml:7:5 rules[1].on: GitLab sends nothing of the type "issue.opened", as far as Causeway knows. Did you mean "issue.open"? [unknown-type]
  config/mapping/gitlab/acme.yaml:8:16 rules[1].to[1]: there is no destination/teem. Did you mean "team"? What is sent there would wait until there is one. [unknown-destination]

Warnings
  config/mapping/gitlab/acme.yaml:5:5 rules[0].message: <!here> notifies everybody there, each time the rule sends. Mention who has to act: a person (<@U…>) or a user group (<!subteam^S…>). [mentions-everybody]

2 errors and 1 warning in 2 documents.
`);
});

it("leaves warnings out with --quiet, and counts them", async () => {
  const { stdout } = await causewayHere(["lint", "config", "--quiet"], badFolder());
  expect(stdout).not.toContain("Warnings");
  expect(stdout).toContain("2 errors and 1 warning in 2 documents.");
});

it("ends with 0 when there are warnings only, and with 1 when it is strict", async () => {
  const warned = folder({ [MAPPING]: WARNED, "destination/team.yaml": TEAM });
  expect((await causewayHere(["lint", "config"], warned)).code).toBe(0);
  expect((await causewayHere(["lint", "config", "--strict"], warned)).code).toBe(1);
});

it("writes one JSON document with --json, the same with --format json", async () => {
  const around = badFolder();
  const { code, json } = await causewayJson(["lint", "config"], around);
  expect(code).toBe(1);
  expect(json).toMatchObject({ documents: 2, errors: 2, warnings: 1 });
  expect(json).toHaveProperty("findings.0", {
    key: "mapping/gitlab/acme",
    path: "rules[0].message",
    severity: "warning",
    code: "mentions-everybody",
    message: expect.stringContaining("<!here> notifies everybody"),
    file: "config/mapping/gitlab/acme.yaml",
    line: 5,
    column: 5,
  });
  const { stdout } = await causewayHere(["lint", "config", "--format", "json"], around);
  expect(JSON.parse(stdout)).toEqual(json);
});

it.each([
  [
    "github",
    /^::error file=config\/mapping\/gitlab\/acme\.yaml,line=7,col=5,title=unknown-type::/m,
  ],
  ["gitlab", /^\[\n {2}\{\n {4}"description": "rules\[0\]\.message: /],
  ["json", /^\{\n {2}"documents": 2,\n {2}"errors": 2,/],
])("writes --format %s", async (format, written) => {
  const { code, stdout } = await causewayHere(["lint", "config", "--format", format], badFolder());
  expect([code, stdout]).toEqual([1, expect.stringMatching(written)]);
});

it("leaves destinations alone that are said to be for alerts", async () => {
  const files = { [MAPPING]: GOOD, "destination/team.yaml": TEAM };
  const spare = "type: channel\nchannel: C000000000";
  const around = folder({
    ...files,
    "destination/ops.yaml": `${spare}2\n`,
    "destination/on-call.yaml": `${spare}3\n`,
    "destination/spare.yaml": `${spare}4\n`,
  });
  const strict = ["lint", "config", "--strict"];
  const all = await causewayHere(strict, around);
  expect([all.code, all.stdout]).toEqual([
    1,
    expect.stringContaining("Unless ALERTS_TO does (causeway lint --alerts-to ops), nothing"),
  ]);
  const { code, stdout } = await causewayHere([...strict, "--alerts-to", "ops, on-call"], around);
  expect([code, stdout.match(/\[unused-destination\]/g)?.length]).toEqual([1, 1]);
  expect(stdout).toContain("config/destination/spare.yaml");
  const done = await causewayHere([...strict, "--alerts-to", "ops on-call,spare"], around);
  expect([done.code, done.stdout]).toEqual([0, "Nothing to put right in 5 documents.\n"]);
});

it("says where a file is no YAML, and does not miss what rules name there", async () => {
  const around = folder({
    [MAPPING]: GOOD,
    "destination/team.yaml": "type: channel\n channel: C1\n",
  });
  const { code, stdout } = await causewayHere(["lint", "config"], around);
  expect(code).toBe(1);
  expect(stdout).toContain("config/destination/team.yaml:1:7 it cannot be read:");
  expect(stdout).toContain("[yaml]");
  expect(stdout).not.toContain("unknown-destination");
});

it("says what to rename a file to that is not read", async () => {
  const around = folder({ [MAPPING]: GOOD, "destination/team.yml": TEAM });
  const { stdout } = await causewayHere(["lint", "config"], around);
  expect(stdout).toContain(
    "config/destination/team.yml:1:1 it cannot be read: only files that end in .yaml are read: rename it. [yaml]",
  );
});

it("lets no name in a document steer the terminal", async () => {
  const around = folder({
    [MAPPING]: 'rules:\n  - name: A\n    on: "issue.\\e[2Jopen"\n    to: team\n',
    "destination/team.yaml": TEAM,
  });
  const { stdout } = await causeway(["lint", "config"], around);
  expect(stdout).toContain("[unknown-type]");
  expect(stdout).not.toContain("\u001b");
});

it("lints the folder that one is in", async () => {
  const { cwd } = badFolder();
  const { code, stdout } = await causewayHere(["lint"], { cwd: join(cwd, "config") });
  expect(code).toBe(1);
  expect(stdout).toContain("\n  mapping/gitlab/acme.yaml:7:5 ");
});

it("says what it expects of a folder that is none, and of a format that it does not have", async () => {
  const { cwd } = badFolder();
  const empty = await causewayHere(["lint"], { cwd });
  expect(empty.code).toBe(2);
  expect(empty.stderr).toContain("This folder holds no configuration");
  const missing = await causewayHere(["lint", "nowhere"], { cwd });
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("There is no folder nowhere.");
  const format = await causeway(["lint", "config", "--format", "xml"], { cwd });
  expect(format.code).toBe(2);
  expect(format.stderr).toContain("Allowed choices are text, github, gitlab, json.");
});

it("lints 2,000 mappings within seconds", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 2_000 }, (_, index) => [
      `mapping/gitlab/acme/p${index}.yaml`,
      `${GOOD}    when: { labels: { any: [bug, "l${index}*"], none: Duplicate } }\n    message: "${index}: {{ event.link }}"\n`,
    ]),
  );
  const around = folder({ ...files, "destination/team.yaml": TEAM });
  const started = performance.now();
  const { code, stdout } = await causewayHere(["lint", "config"], around);
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "Nothing to put right in 2001 documents.\n",
  });
  expect(performance.now() - started).toBeLessThan(20_000);
});
