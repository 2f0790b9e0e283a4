import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { configurationFiles } from "../../../src/cli/import/configuration-files.ts";
import { newDraft, type Draft } from "../../../src/cli/import/draft.ts";
import { readExport } from "../../../src/cli/import/read-export.ts";
import { convertWorkflow } from "../../../src/cli/import/slackworkflow/convert-workflow.ts";
import { convertZaps } from "../../../src/cli/import/zapier/convert-zaps.ts";
import { readYaml } from "../../../src/folder/read-yaml.ts";
import type { Json } from "../../../src/json.ts";
import { parseDestination, parseMapping } from "../../../src/mappings/parse-document.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures");
/** Without what nothing is made of, so that changes meet something. */
const ZAPS = JSON.parse(
  readFileSync(join(FIXTURES, "zapier/support-team.json"), "utf8"),
  (key: string, value: Json) =>
    ["triple_stores", "$editor", "authentication_id", "root_id"].includes(key) ? undefined : value,
) as Json;
const WORKFLOWS = ["contact_management", "question_redirect", "welcome", "handover"].map(
  (name) =>
    JSON.parse(readFileSync(join(FIXTURES, `slackworkflow/${name}.slackworkflow`), "utf8")) as Json,
);

const SECRET = "https://hooks.slack.com/workflows/T0/A0/1/h1ddenPart";

/** What people, machines and attackers put where a text or a list belongs. */
const anything: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  fc.constantFrom<Json>(
    "",
    "\u0000\u2028\u0085 \r\n# : - {{",
    "{{1__object_attributes__title}} {% raw %} {{ x | y }} {",
    '{{=gives["1"]["__proto__"]["a\'b"]}}',
    "../../../etc/passwd",
    "mapping/slack/x",
    "thread",
    "*".repeat(700),
    "x".repeat(12_000),
    SECRET,
    `see ${SECRET}?x=1, or hooks.slack.com/services/T/B/h1ddenPart`,
    "\ud800",
    [[[]]],
    { __proto__: null, value: "C0123456789" },
    true,
  ),
);

/** An export with one value, somewhere, replaced, removed or doubled. */
function mutated(original: Json): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(fc.nat(), fc.constantFrom("replace", "remove", "double", "key"), anything), {
      minLength: 1,
      maxLength: 12,
    })
    .map((changes) => {
      const copy = structuredClone(original);
      for (const [at, how, value] of changes) change(copy, at, how, value);
      return JSON.stringify(copy);
    });
}

function change(root: Json, at: number, how: string, value: Json): void {
  const places: [Record<string, Json>, string][] = [];
  const visit = (node: Json): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push([node as Record<string, Json>, key]);
      visit(inner);
    }
  };
  visit(root);
  const [node, key] = places[at % Math.max(1, places.length)] ?? [];
  if (node === undefined || key === undefined) return;
  const same = structuredClone(node[key] ?? null);
  if (how === "replace") node[key] = structuredClone(value);
  else if (how === "remove") Reflect.deleteProperty(node, key);
  else if (how === "key" && typeof value === "string") node[value] = same;
  else if (Array.isArray(node)) node.push(same);
  else node[`${key}2`] = same;
}

/** What is wrong with the files of a draft: each must be usable, have a place of its own, and hold no address. */
function wrongWith(draft: Draft): string[] {
  const { files, notes } = configurationFiles(draft);
  const wrong = files.flatMap(({ file, text }) => {
    const read = readYaml(text);
    if (!read.ok) return `${file} is no YAML: ${JSON.stringify(read.problems)}\n${text}`;
    const key = file.replace(/\.yaml$/, "");
    const parse = key.startsWith("mapping/") ? parseMapping : parseDestination;
    const parsed = parse(key, JSON.stringify(read.json));
    return parsed.ok ? [] : `${file}: ${JSON.stringify(parsed.problems)}\n${text}`;
  });
  for (const { file } of files) {
    const isPlace = /^(destination|mapping\/(gitlab|slack))(\/[\w*][\w.*-]*)+\.yaml$/.test(file);
    if (!isPlace) wrong.push(`${file} is no place in a folder`);
  }
  if (new Set(files.map(({ file }) => file)).size < files.length) wrong.push("a file twice");
  const [address] = /.{20}(h1ddenPart|SecretPart).*/i.exec(JSON.stringify([files, notes])) ?? [];
  return address === undefined ? wrong : [...wrong, `an address: ${address}`];
}

function converted(source: string, convert: (draft: Draft, exported: Json) => void): Draft {
  const draft = newDraft();
  const exported = readExport(source);
  if (exported === null) throw new Error("JSON that is not read");
  convert(draft, exported.json);
  return draft;
}

const zaps = (source: string): Draft =>
  converted(source, (draft, exported) =>
    convertZaps(draft, exported, { shadow: false, projectOf: () => null }),
  );
const workflows = (source: string): Draft =>
  converted(source, (draft, exported) =>
    convertWorkflow(draft, exported, "a file", { shadow: false, channel: null }),
  );

it("makes usable documents, or notes, of any JSON", () => {
  fc.assert(
    fc.property(anything, (value) => {
      for (const source of [value, { zaps: [value] }, { zaps: [{ nodes: value }] }]) {
        expect(wrongWith(zaps(JSON.stringify(source)))).toEqual([]);
      }
      for (const source of [value, { workflow: { blueprint: { trigger: value, steps: value } } }]) {
        expect(wrongWith(workflows(JSON.stringify(source)))).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

it("makes usable documents of a Zap export in which anything may be different", () => {
  fc.assert(
    fc.property(mutated(ZAPS), (source) => {
      expect(wrongWith(zaps(source))).toEqual([]);
    }),
    { numRuns: 600 },
  );
}, 30_000);

it("makes usable documents of workflows in which anything may be different", () => {
  fc.assert(
    fc.property(fc.oneof(...WORKFLOWS.map(mutated)), (source) => {
      expect(wrongWith(workflows(source))).toEqual([]);
    }),
    { numRuns: 600 },
  );
}, 30_000);

it("reads addresses however their slashes are written, and tells them apart", () => {
  const escaped = SECRET.replaceAll("/", String.raw`\/`);
  const source = `["${SECRET}", "${escaped}", "${SECRET}2", "https://hooks.zapier.com/hooks/catch/1/h1ddenPart/"]`;
  expect(readExport(source)?.json).toEqual([
    "https://hooks.slack.com/workflows/address-1",
    "https://hooks.slack.com/workflows/address-1",
    "https://hooks.slack.com/workflows/address-2",
    "(an address of Zapier)",
  ]);
});
