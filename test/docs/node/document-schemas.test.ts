import { Ajv } from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { documentSchemas, type JsonSchema } from "../../../docs/build/document-schemas.ts";
import { readFolder } from "../../../src/folder/read-folder.ts";
import type { Json } from "../../../src/json.ts";
import {
  parseDestination,
  parsePerson,
  readMapping,
} from "../../../src/mappings/parse-document.ts";

const ROOT = join(import.meta.dirname, "../../..");
const SCHEMAS = documentSchemas();
const EXAMPLES = readFolder(join(ROOT, "examples/gitlab-support")).documents;

const ajv = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true });
const accepts = new Map(
  Object.entries(SCHEMAS).map(([file, schema]) => [file, ajv.compile(schema)]),
);

function schemaFor(key: string): string {
  if (key.startsWith("mapping/gitlab/")) return "gitlab-mapping.schema.json";
  if (key.startsWith("mapping/slack/")) return "slack-mapping.schema.json";
  return `${key.split("/", 1)[0]}.schema.json`;
}

/** Whether the Worker takes the shape of a document; templates and conditions are another matter. */
function isTaken(key: string, json: unknown): boolean {
  const text = JSON.stringify(json);
  if (key.startsWith("mapping/")) return readMapping(key, text).ok;
  return (key.startsWith("person/") ? parsePerson : parseDestination)(key, text).ok;
}

function isValid(key: string, json: unknown): boolean {
  return accepts.get(schemaFor(key))?.(json) === true;
}

/** Every document that differs from one in one place: another value, a key too many, a key less. */
function* spoilt(value: Json): Generator<Json> {
  yield* [null, 7, "", "x", [], [""], {}, true, ["x"], "x".repeat(501)];
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const other of spoilt(item)) yield value.with(index, other);
    }
    return;
  }
  if (typeof value !== "object" || value === null) return;
  yield { ...value, surplus: "x" };
  for (const [key, item] of Object.entries(value)) {
    const { [key]: _left, ...rest } = value;
    yield rest;
    for (const other of spoilt(item)) yield { ...value, [key]: other };
  }
}

/** Documents that use every field there is. */
const COMPLETE: [key: string, json: Json][] = [
  [
    "mapping/gitlab/acme",
    {
      inherit: true,
      rules: [
        {
          name: "A",
          on: ["issue.open"],
          when: {
            labels: { any: "a", all: ["b"], none: "c", not: ["d"] },
            confidential: true,
            if: "true",
          },
          to: ["a"],
          message: { text: "x", blocks: [{ type: "divider" }] },
          variables: { a: "x", b: 1, c: true },
          style: "card",
          enabled: false,
          mode: "shadow",
        },
      ],
    },
  ],
  [
    "mapping/slack/C0123456789",
    {
      rules: [
        {
          name: "A",
          on: "reaction.eyes",
          when: { actor: "a", author: ["b"], if: "true" },
          to: "thread",
          message: "x",
          who: { any: "U0123456789", not: ["bots"] },
          once: "user",
          cooldown: "10m",
          undo: true,
          issue: {
            project: "a/b",
            title: "x",
            description: "y",
            labels: ["z"],
            confidential: false,
          },
        },
      ],
    },
  ],
  [
    "destination/a",
    {
      type: "workflow",
      url: "secret:A",
      variables: ["a"],
      channel: "C0123456789",
      limit: "1/hour",
      confidential: true,
    },
  ],
  [
    "destination/b",
    { type: "webhook", url: "https://hooks.slack.com/services/T/B/x", limit: "none" },
  ],
  ["destination/c", { type: "channel", channel: "C0123456789" }],
  ["person/amina", { slack: "U0123456789" }],
];

it.for(Object.keys(SCHEMAS))("schemas/%s is what `npm run docs` makes of the code", (file) => {
  expect(JSON.parse(readFileSync(join(ROOT, "schemas", file), "utf8"))).toEqual(SCHEMAS[file]);
});

it.for(Object.keys(SCHEMAS))("schemas/%s says of every field what it is for", (file) => {
  const silent: string[] = [];
  const look = (schema: JsonSchema, path: string): void => {
    for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) look(inner, path);
    if (schema.items !== undefined) look(schema.items, `${path}[]`);
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      if ((property.description ?? "").length < 10) silent.push(`${path}.${name}`);
      look(property, `${path}.${name}`);
    }
  };
  look(SCHEMAS[file] ?? {}, "");
  expect(silent).toEqual([]);
});

it.for(EXAMPLES)("the example $key is valid, and names its schema", ({ key, json, file }) => {
  expect(isValid(key, json)).toBe(true);
  const up = "../".repeat(file.split("/").length + 1);
  const source = readFileSync(join(ROOT, "examples/gitlab-support", file), "utf8");
  expect(source.split("\n", 1)[0]).toBe(
    `# yaml-language-server: $schema=${up}schemas/${schemaFor(key)}`,
  );
});

describe("an editor and the Worker agree on documents that are not quite right", () => {
  it.for([...COMPLETE, ...EXAMPLES.map(({ key, json }): [string, Json] => [key, json])])(
    "like %s",
    ([key, json]) => {
      expect({ taken: isTaken(key, json), valid: isValid(key, json) }).toEqual({
        taken: true,
        valid: true,
      });
      const differing = [...spoilt(json)].filter(
        (each) => isTaken(key, each) !== isValid(key, each),
      );
      expect(differing).toEqual([]);
    },
  );

  it.for([
    ["limit", "10/minute"],
    ["limit", "0/minute"],
    ["limit", "10000/minute"],
    ["limit", "none"],
    ["limit", "10/day"],
    ["url", "secret:A_1"],
    ["url", "secret:1"],
    ["url", "secret:"],
    ["url", "HTTPS://hooks.slack.com/x"],
    ["url", "ftp://hooks.slack.com/x"],
    ["url", "https://"],
    ["url", "hooks.slack.com"],
  ])("%s: %s", ([field, value]) => {
    const json = { type: "webhook", url: "secret:A", [field as string]: value };
    expect(isValid("destination/a", json)).toBe(isTaken("destination/a", json));
  });

  it("on more than twenty variables", () => {
    const variables = Object.fromEntries(
      Array.from({ length: 21 }, (_, index) => [`v${index}`, "x"]),
    );
    const json = { rules: [{ name: "A", on: "issue.open", to: "a", variables }] };
    expect(isTaken("mapping/gitlab/a", json)).toBe(false);
    expect(isValid("mapping/gitlab/a", json)).toBe(false);
  });
});
