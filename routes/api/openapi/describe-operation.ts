import type {
  ApiOperation,
  ApiResponse,
  Content,
  Parameter,
  Schema,
} from "../../../src/console/api-reference/api-document.ts";
import { viewerMay } from "../viewer-may.ts";
import { curlExample } from "./curl-example.ts";
import type { JsonSchemas } from "./json-schemas.ts";
import type { Body, Operation } from "./operation.ts";
import { refusalSchema, refusalsOf } from "./refusals.ts";

const BYTES: Content = { "application/octet-stream": { schema: {} } };

/** A path of the app, as OpenAPI writes it: `/events/{id}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{key}");
}

/** One operation as the document has it. */
export function describeOperation(operation: Operation, schemas: JsonSchemas): ApiOperation {
  const { method, path, id, tag, summary, about, body, verb } = operation;
  const parameters = parametersOf(operation, schemas);
  const filled = templateOf(path).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(parameters.find((each) => each.name === name)?.example),
  );
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(about === undefined ? {} : { description: about }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: requestBody(body, schemas) }),
    responses: responsesOf(operation, schemas),
    "x-viewer": viewerMay(method, path),
    "x-codeSamples": [
      { lang: "Shell", label: "curl", source: curlExample(operation, filled) },
      ...(verb === undefined
        ? []
        : [{ lang: "Shell" as const, label: "causeway" as const, source: verb }]),
    ],
  };
}

function parametersOf(operation: Operation, schemas: JsonSchemas): Parameter[] {
  const { params = {}, query, headers } = operation;
  const inPath = Object.entries(params).map(([name, schema]) =>
    parameter(name, "path", true, schemas.of(schema, "input")),
  );
  const fields = (of: Operation["query"], where: Parameter["in"]): Parameter[] => {
    if (of === undefined) return [];
    const { properties = {}, required = [] } = schemas.of(of, "input");
    return Object.entries(properties).map(([name, schema]) =>
      parameter(name, where, required.includes(name), schema),
    );
  };
  return [...inPath, ...fields(query, "query"), ...fields(headers, "header")];
}

function parameter(
  name: string,
  where: Parameter["in"],
  required: boolean,
  { description, examples, ...schema }: Schema,
): Parameter {
  return {
    name,
    in: where,
    required,
    ...(description === undefined ? {} : { description }),
    schema,
    ...(examples === undefined ? {} : { example: examples[0] }),
  };
}

function requestBody(
  { schema, example, about }: Body,
  schemas: JsonSchemas,
): NonNullable<ApiOperation["requestBody"]> {
  return {
    required: true,
    ...(about === undefined ? {} : { description: about }),
    content: { "application/json": { schema: schemas.of(schema, "input"), example } },
  };
}

function responsesOf(operation: Operation, schemas: JsonSchemas): ApiOperation["responses"] {
  const answers = operation.answers.map(({ status, about, schema }): [number, ApiResponse] => [
    status,
    {
      description: about,
      content: schema === null ? BYTES : json(schemas.of(schema, "output")),
    },
  ]);
  const refusals = [...refusalsOf(operation)].map(([status, all]): [number, ApiResponse] => [
    status,
    {
      description: all
        .map(({ code, when }) => (code === null ? when : `\`${code}\`: ${when}`))
        .join("; "),
      content: json(schemas.of(refusalSchema(all), "output")),
      "x-codes": all.map(({ code, when }) => ({ code, when })),
    },
  ]);
  return Object.fromEntries([...answers, ...refusals]);
}

function json(schema: Schema): Content {
  return { "application/json": { schema } };
}
