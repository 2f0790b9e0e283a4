import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allowedAt } from "../../../src/console/browser/editor/schema-at.ts";
import { schemaOf } from "../../../src/console/browser/editor/schema-of.ts";
import { keysBeside } from "../../../src/console/browser/editor/keys-beside.ts";
import { pathInWords } from "../../../src/mappings/path-in-words.ts";
import { placeInYaml } from "../../../src/console/browser/editor/place-in-yaml.ts";
import { GITLAB_SAMPLES, SLACK_SAMPLES } from "../../../src/console/preview/samples.ts";

const MAPPING = "mapping/gitlab/acme";

describe("the place where somebody is writing", () => {
  it.for<[before: string, path: string, is: string, typed: string]>([
    ["", "", "either", ""],
    ["ru", "", "either", "ru"],
    ["rules:\n  - na", "rules.*", "either", "na"],
    ["rules:\n- na", "rules.*", "either", "na"],
    ["rules:\n  - name: A\n    o", "rules.*", "either", "o"],
    ["rules:\n  - name: A\n    ", "rules.*", "either", ""],
    ["rules:\n  - name: A\n  - name: B\n    to: ", "rules.*.to", "value", ""],
    ["rules:\n  - on: issue.op", "rules.*.on", "value", "issue.op"],
    ["rules:\n  - name: A\n    to:\n      - cha", "rules.*.to.*", "either", "cha"],
    ["rules:\n  - name: A\n    to:\n    - cha", "rules.*.to.*", "either", "cha"],
    ["rules:\n  - name: A\n    when:\n      labels: { an", "rules.*.when.labels", "key", "an"],
    ["rules:\n  - when:\n      labels: { any: [x], no", "rules.*.when.labels", "key", "no"],
    ["rules:\n  - when:\n      labels: { any: [x, y", "rules.*.when.labels.any.*", "value", "y"],
    ["rules:\n  - on: [issue.open, no", "rules.*.on.*", "value", "no"],
    ["rules:\n  - when:\n      # why\n\n      a", "rules.*.when", "either", "a"],
    ["rules:\n  - when:\n      actor: x\n    t", "rules.*", "either", "t"],
    ["rules: []\nin", "", "either", "in"],
  ])("%j is at %s", ([before, path, is, typed]) => {
    expect(placeInYaml(before)).toEqual({ path: path === "" ? [] : path.split("."), is, typed });
  });
});

it.for<[path: string, words: string]>([
  ["rules[1].when.labels", 'when.labels of the rule "Seats"'],
  ["rules[0].colour", "colour of rule 1"],
  ["rules[0]", "rule 1"],
  ["inherit", "inherit"],
])("says where %s is", ([path, words]) => {
  const json = JSON.stringify({ rules: [{ on: "issue.open" }, { name: "Seats" }] });
  expect(pathInWords(path, json)).toBe(words);
});

describe("the keys that need not be offered", () => {
  it.for<[text: string, keys: string]>([
    ["rules:\n  - name: A\n    on: x\n    |\n    to: y\n  - mode: z\n", "on name to"],
    ["rules:\n  - name: A\n    when:\n      labels: x\n    t|", "when name"],
    ["rules:\n  - name: A\n    when:\n      labels: x\n      t|\n    to: y", "labels"],
    ["rules:\n  - mode: z\n  - n|\n    to: y\n    when:\n      labels: x\n", "to when"],
    ["inherit: true\nrules:\n- name: A\n|", "rules inherit"],
    ["|", ""],
  ])("%j", ([text, keys]) => {
    expect(keysBeside(text.replace("|", ""), text.indexOf("|")).join(" ")).toBe(keys);
  });
});

describe("what the schema allows there", () => {
  it("are keys with what they mean", () => {
    const { keys } = allowedAt(schemaOf(MAPPING), ["rules", "*"]);
    expect(keys.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["name", "on", "when", "to", "message", "variables"]),
    );
    expect(keys.find(({ name }) => name === "name")?.says).toContain("unique");
  });

  it("are the forms that a condition can have", () => {
    const { keys } = allowedAt(schemaOf(MAPPING), ["rules", "*", "when", "labels"]);
    expect(keys.map(({ name }) => name)).toEqual(expect.arrayContaining(["any", "all", "none"]));
  });

  it("are values: types of events, yes and no, kinds of destinations", () => {
    expect(allowedAt(schemaOf(MAPPING), ["rules", "*", "on", "*"]).values).toContain("issue.open");
    expect(allowedAt(schemaOf(MAPPING), ["inherit"]).values).toEqual(["true", "false"]);
    const { values } = allowedAt(schemaOf("destination/x"), ["type"]);
    expect(values.toSorted()).toEqual(["channel", "webhook", "workflow"]);
  });

  it("is nothing where nothing may be written", () => {
    expect(allowedAt(schemaOf("person/x"), ["no", "such", "place"])).toEqual({
      keys: [],
      values: [],
    });
  });
});

it("every sample that is offered is there to be copied", () => {
  const root = join(import.meta.dirname, "../../..");
  const files = [
    ...Object.keys(GITLAB_SAMPLES).map((name) => `test/fixtures/gitlab/${name}.json`),
    ...Object.keys(SLACK_SAMPLES).map((name) => `src/console/samples/${name}.json`),
  ];
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
