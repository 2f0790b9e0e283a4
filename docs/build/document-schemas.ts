import * as z from "zod";
import { GITLAB_TYPES } from "../../src/linting/event-kinds.ts";
import { RESERVED } from "../../src/mappings/address.ts";
import {
  Destination,
  GitlabMapping,
  SlackMapping,
  SlackPerson,
} from "../../src/mappings/schema.ts";
import { FIELD_DESCRIPTIONS } from "./field-descriptions.ts";

/** A JSON Schema, as far as this page looks into it. */
export type JsonSchema = {
  description?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  [key: string]: unknown;
};

/** What the schema checks by a function, in the words of JSON Schema. */
const REFINEMENTS: Record<string, JsonSchema> = {
  limit: { pattern: "^(none|[1-9][0-9]{0,3}/(second|minute|hour))$" },
  url: { pattern: "^(secret:[A-Za-z_][A-Za-z0-9_]*|[hH][tT][tT][pP][sS]?://[^\\s/]+.*)$" },
  "rules[].variables": { maxProperties: 20 },
};

/** What editors offer where any text is allowed. */
const SUGGESTED: Record<string, Record<string, string[]>> = {
  mapping: { "rules[].on": GITLAB_TYPES },
  slack: { "rules[].on": ["member_joined", "shortcut.issue"], "rules[].to": RESERVED },
};

/** The JSON Schema of each kind of document, by file name, made of the schemas that the Worker reads by. */
export function documentSchemas(): Record<string, JsonSchema> {
  return {
    "gitlab-mapping.schema.json": schemaOf(
      "Causeway: rules for a GitLab group or project",
      GitlabMapping,
      ["mapping"],
    ),
    "slack-mapping.schema.json": schemaOf("Causeway: rules for a Slack channel", SlackMapping, [
      "mapping",
      "slack",
    ]),
    "destination.schema.json": schemaOf("Causeway: a destination in Slack", Destination, [
      "destination",
    ]),
    "person.schema.json": schemaOf("Causeway: who a GitLab user is in Slack", SlackPerson, [
      "person",
    ]),
  };
}

function schemaOf(title: string, schema: z.core.$ZodType, tables: string[]): JsonSchema {
  const made = z.toJSONSchema(schema, { target: "draft-7", io: "input" }) as JsonSchema;
  const { $schema, ...rest } = made;
  const merged = <T>(all: Record<string, Record<string, T>>): Record<string, T> =>
    Object.assign({}, ...tables.map((name) => all[name])) as Record<string, T>;
  annotate(rest, "", merged(FIELD_DESCRIPTIONS), merged(SUGGESTED));
  return shareGlobs({ $schema, title, ...rest });
}

/** Writes into a schema what stands in the tables for its places. */
function annotate(
  schema: JsonSchema,
  path: string,
  descriptions: Record<string, string>,
  suggested: Record<string, string[]>,
): void {
  const go = (inner: JsonSchema, at: string): void => annotate(inner, at, descriptions, suggested);
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) go(branch, path);
  if (schema.items !== undefined) go(schema.items, `${path}[]`);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = path === "" ? name : `${path}.${name}`;
    go(property, at);
    const description = descriptions[at];
    if (description !== undefined) property.description = description;
    Object.assign(property, REFINEMENTS[at]);
    if (suggested[at] !== undefined) suggest(property, suggested[at]);
  }
}

/** Lets editors complete a text, or the items of a list of texts, without refusing others. */
function suggest(schema: JsonSchema, words: string[]): void {
  schema.anyOf =
    schema.anyOf?.flatMap((branch): JsonSchema[] => {
      if (branch["type"] === "string") return [{ enum: words }, branch];
      const { items } = branch;
      return items === undefined
        ? [branch]
        : [{ ...branch, items: { anyOf: [{ enum: words }, items] } }];
    }) ?? [];
}

/** The conditions that take globs have one shape, which is written once. */
function shareGlobs(schema: JsonSchema): JsonSchema {
  const fields = schema.properties?.["rules"]?.items?.properties?.["when"]?.properties ?? {};
  const globs = Object.values(fields).find(({ anyOf }) => anyOf !== undefined)?.anyOf;
  if (globs === undefined) return schema;
  for (const field of Object.values(fields)) {
    if (JSON.stringify(field.anyOf) !== JSON.stringify(globs)) continue;
    delete field.anyOf;
    field["$ref"] = "#/definitions/globs";
  }
  return { ...schema, definitions: { globs: { anyOf: globs } } };
}
