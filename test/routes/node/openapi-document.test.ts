import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, test } from "vitest";
import { API_DOCUMENT } from "../../../routes/api/openapi/api-document.ts";
import type { ApiOperation, Schema } from "../../../src/console/api-reference/api-document.ts";

const operations = Object.entries(API_DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): [string, ApiOperation] => [
    `${method.toUpperCase()} ${path}`,
    operation,
  ]),
);

/** What the page of the command line, which is made of its verbs, says of one; null: there is no such verb. */
function helpOf(verb: string): string | null {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/command-line.md"), "utf8");
  const at = page.indexOf(`Usage: causeway ${verb} `);
  return at === -1 ? null : page.slice(at, page.indexOf("```", at));
}

/** Everything of the document that is an object, with its place. */
function* objectsIn(json: unknown, place = ""): Generator<[string, object]> {
  if (typeof json !== "object" || json === null) return;
  yield [place, json];
  for (const [key, value] of Object.entries(json)) yield* objectsIn(value, `${place}/${key}`);
}

/** A check by a schema of the document. */
function validates(schema: Schema): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  return ajv.compile({ ...schema, components: API_DOCUMENT.components });
}

describe("the description of the API", () => {
  it("is OpenAPI 3.1, by the schema that its makers publish", async () => {
    const document = structuredClone(API_DOCUMENT);
    expect(await new Validator().validate(document)).toEqual({ valid: true });
    const broken = { ...document, info: { title: "Causeway" } };
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
  });

  it("refers only to schemas that it has, and has none that nobody refers to", () => {
    const referred = [...objectsIn(API_DOCUMENT)].flatMap(([, each]) =>
      "$ref" in each ? [each.$ref] : [],
    );
    const there = Object.keys(API_DOCUMENT.components.schemas);
    expect(new Set(referred)).toEqual(new Set(there.map((name) => `#/components/schemas/${name}`)));
  });

  it("names each operation once, in a sentence", () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, { summary }] of operations) expect(summary).toMatch(/^[A-Z].{10,90}[^.]\.$/);
  });

  it("closes every answer's objects, but for what is anybody's JSON", () => {
    const open = [...objectsIn(API_DOCUMENT)].filter(
      ([place, each]) =>
        /\/(responses|components)\//.test(place) &&
        "properties" in each &&
        "type" in each &&
        !("additionalProperties" in each && each.additionalProperties === false),
    );
    expect(open.map(([place]) => place)).toEqual([
      expect.stringMatching(/openapi\.json.*\/schema$/),
      expect.stringMatching(/openapi\.json.*\/paths$/),
      expect.stringMatching(/\/Content\/anyOf\/1\/properties\/blocks\/.*\/items$/),
    ]);
  });

  test.for(operations)(
    "of %s describes every parameter, and gives one for the path",
    ([way, operation]) => {
      const { parameters = [] } = operation;
      for (const { name, description } of parameters) {
        expect([name, description]).toEqual([name, expect.stringMatching(/\S\.$/)]);
      }
      const inPath = Array.from(way.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect(parameters.filter((each) => each.in === "path").map(({ name }) => name)).toEqual(
        inPath,
      );
    },
  );

  test.for(operations.filter(([, { requestBody }]) => requestBody !== undefined))(
    "of %s gives an example that its own schema takes",
    ([, { requestBody }]) => {
      const { schema = {}, example } = requestBody?.content["application/json"] ?? {};
      expect(validates(schema)(example)).toBe(true);
      expect(validates(schema)([])).toBe(false);
    },
  );

  test.for(
    operations
      .flatMap(([, operation]) => operation["x-codeSamples"])
      .filter(({ label }) => label === "causeway")
      .map(({ source }) => source),
  )("names a verb that there is, with options that it has: %s", (source) => {
    const [, verb = "", below = ""] = source.split(" ");
    const help = helpOf(["hooks", "people"].includes(verb) ? `${verb} ${below}` : verb);
    expect(help).toContain("Usage:");
    for (const option of source.match(/(?<= )--?[a-z][a-z-]*/g) ?? []) {
      expect(help).toMatch(new RegExp(`(^|[ ,])${option}[ ,]`, "m"));
    }
  });
});
