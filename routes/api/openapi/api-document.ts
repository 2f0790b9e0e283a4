import type {
  ApiDocument,
  ApiOperation,
  ApiResponse,
  Content,
  Parameter,
  Schema,
} from "../../../src/console/api-reference/api-document.ts";
import { viewerMay } from "../viewer-may.ts";
import { curlExample } from "./curl-example.ts";
import { jsonSchemas, type JsonSchemas } from "./json-schemas.ts";
import { TAGS, type Body, type Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { refusalSchema, refusalsOf } from "./refusals.ts";

const ABOUT = `What the command line and other programs ask. Lists are read page by page: pass \`next\` as \`cursor\` until it is null.

Refusals are \`{"error":{"code","message","path"?}}\`: a code for programs, a sentence for people. Every operation may also answer 500 \`internal\`, a mistake of Causeway's, and 503 \`refused\`, a body that broke off.`;

/** The description of all of `/admin/api`. */
export const API_DOCUMENT: ApiDocument = documentOf(OPERATIONS);

function documentOf(operations: Operation[]): ApiDocument {
  const schemas = jsonSchemas();
  const paths: ApiDocument["paths"] = {};
  for (const operation of operations) {
    const path = templateOf(operation.path);
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: described(operation, schemas),
    };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Causeway",
      version: "1",
      summary: "GitLab's events, the messages in Slack that came of them, and the rules.",
      description: ABOUT,
    },
    servers: [{ url: "/admin/api", description: "The Worker that says this." }],
    security: [{ token: [] }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas.named].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "`ADMIN_TOKEN` may do everything. `VIEWER_TOKEN` is enough where an operation says `x-viewer: true`.",
        },
      },
    },
  };
}

/** A path of the app, as OpenAPI writes it: `/events/{id}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{key}");
}

function described(operation: Operation, schemas: JsonSchemas): ApiOperation {
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
      description: all.map(({ code, when }) => (code === null ? when : `\`${code}\`: ${when}`)).join("; "),
      content: json(schemas.of(refusalSchema(all), "output")),
      "x-codes": all.map(({ code, when }) => ({ code, when })),
    },
  ]);
  return Object.fromEntries([...answers, ...refusals]);
}

const BYTES: Content = { "application/octet-stream": { schema: {} } };

function json(schema: Schema): Content {
  return { "application/json": { schema } };
}
