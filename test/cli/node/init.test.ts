import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { causeway, causewayJson } from "./causeway.ts";

const CHECKOUT = join(import.meta.dirname, "../../..");

const ROOT_FILES = [".gitignore", ".gitlab-ci.yml", "README.md"];

function somewhere(): string {
  return mkdtempSync(join(tmpdir(), "causeway-init-"));
}

/** Every file of a folder that names a schema, and the schema. */
function schemasIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => {
      const text = readFileSync(join(dir, file), "utf8");
      const [, schema = ""] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
      return resolve(dir, file, "..", schema);
    });
}

it("begins a folder that lints without errors, and says what comes next", async () => {
  const cwd = somewhere();
  const { code, stdout, stderr } = await causeway(["init", "config"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("written  config/mapping/gitlab/my-group/my-project.yaml");
  expect(stdout).toContain("causeway lint config");
  expect(stdout).toContain("warns of each example that is left");
  type Linted = { findings: { key: string; severity: string; code: string }[] };
  const { code: linted, json } = await causewayJson<Linted>(["lint", "config"], { cwd });
  expect(linted).toBe(0);
  expect(json.findings.map(({ key, severity, code: kind }) => [key, severity, kind])).toEqual([
    ["destination/team", "warning", "placeholder"],
    ["person/your-username", "warning", "placeholder"],
  ]);
  expect(readdirSync(join(cwd, "config")).toSorted()).toEqual(
    [...ROOT_FILES, "destination", "mapping", "person", "schemas"].toSorted(),
  );
  expect(readFileSync(join(cwd, "config/.gitignore"), "utf8")).toContain("\n.causeway/\n");
});

it("leaves no example where both project and channel are said", async () => {
  const cwd = somewhere();
  const own = ["--project", "Acme/Widgets", "--channel", "C0000000001"];
  const { stdout } = await causeway(["init", ...own], { cwd });
  expect(stdout).not.toContain("your-username");
  const linted = await causeway(["lint", "--strict"], { cwd });
  expect(linted).toMatchObject({ code: 0, stdout: "Nothing to put right in 2 documents.\n" });
});

it("takes no direct message for a channel", async () => {
  const cwd = somewhere();
  const { code, stderr } = await causeway(["init", "--channel", "D0000000001"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('"D0000000001" is not a Slack channel\'s id');
  expect(readdirSync(cwd)).toEqual([]);
});

it.skipIf(!existsSync("/proc"))(
  "says that a folder cannot be made where there can be none",
  async () => {
    const { code, stderr } = await causeway(["init", "/proc/causeway/config"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^error: The folder \/proc\/causeway cannot be made \([A-Z]+\)\.\n$/);
  },
);

it("brings the schemas along, which the files name", async () => {
  const cwd = somewhere();
  await causeway(["init"], { cwd });
  const schemas = schemasIn(cwd);
  expect(schemas).toHaveLength(3);
  for (const schema of schemas) {
    const name = schema.slice(schema.lastIndexOf("/") + 1);
    expect(schema).toBe(join(cwd, "schemas", name));
    expect(readFileSync(schema, "utf8")).toBe(
      readFileSync(join(CHECKOUT, "schemas", name), "utf8"),
    );
  }
});

it("names the checkout's own schemas within it", async () => {
  const dir = join(CHECKOUT, "dist/init-test");
  rmSync(dir, { recursive: true, force: true });
  try {
    expect((await causeway(["init", dir])).code).toBe(0);
    expect(existsSync(join(dir, "schemas"))).toBe(false);
    for (const schema of schemasIn(dir)) {
      expect(schema.startsWith(join(CHECKOUT, "schemas/"))).toBe(true);
      expect(existsSync(schema)).toBe(true);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

it("leaves what is there as it is", async () => {
  const cwd = somewhere();
  writeFileSync(join(cwd, "README.md"), "Mine.");
  const { code, json } = await causewayJson<{ written: string[]; kept: string[] }>(["init"], {
    cwd,
  });
  expect(code).toBe(0);
  expect(json.kept).toEqual(["README.md"]);
  expect(json.written).toContain("destination/team.yaml");
  expect(readFileSync(join(cwd, "README.md"), "utf8")).toBe("Mine.");
});

it("begins none where there is one", async () => {
  const cwd = somewhere();
  mkdirSync(join(cwd, "destination"));
  const { code, stderr } = await causeway(["init"], { cwd });
  expect(code).toBe(2);
  expect(stderr).toBe(
    "error: This folder holds a configuration already: there is a destination/ in it. Nothing was written.\n",
  );
  expect(readdirSync(cwd)).toEqual(["destination"]);
});

it("does not mix a configuration into Causeway itself", async () => {
  const { code, json } = await causewayJson(["init"], { cwd: CHECKOUT });
  expect(code).toBe(2);
  expect(json).toMatchObject({ error: { code: "checkout" } });
});

it("says which file cannot be written", async () => {
  const cwd = somewhere();
  writeFileSync(join(cwd, "config"), "a file");
  const { code, stderr } = await causeway(["init", "config"], { cwd });
  expect(code).toBe(3);
  expect(stderr).toMatch(/^error: .*config.* cannot be written \((EEXIST|ENOTDIR)\)\.\n$/);
});
