import { fileURLToPath } from "node:url";
import { Ajv, type ErrorObject } from "ajv";
import { createGenerator, type Definition as Schema } from "ts-json-schema-generator";
import { limitsInComment } from "./limits-in-comment.ts";

const MAX_BLOCKS = 50;

/**
 * What else Slack wants, which the comments of `@slack/types` say in other words or not at all.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
const ALSO: Record<string, Schema> = {
  SectionBlock: {
    if: { required: ["fields"] },
    else: { required: ["text"] },
    properties: { fields: { minItems: 1 } },
  },
  ContainerBlock: {
    if: { required: ["rich_text_title"] },
    else: { required: ["title"] },
  },
  // Only rich text may have empty lists: https://github.com/slackapi/python-slack-sdk/pull/1576
  ActionsBlock: { properties: { elements: { minItems: 1 } } },
  ContextBlock: { properties: { elements: { minItems: 1 } } },
  ImageBlock: { properties: { image_url: { maxLength: 3_000 } } },
  ImageElement: { properties: { image_url: { maxLength: 3_000 } } },
};

const definitions = definitionsOfSlack();
chooseByType();

/** How many limits the comments of `@slack/types` gave; none would mean that they are worded anew. */
export const LIMITS_IN_COMMENTS = addLimitsInComments();

for (const [name, schema] of Object.entries(ALSO)) narrow(definitionOf(name), schema);

// Strict mode refuses keywords for another type than the value's, of which the limits are full.
const validate = new Ajv({ allErrors: true, strict: false }).compile({
  type: "array",
  maxItems: MAX_BLOCKS,
  items: { $ref: "#/definitions/KnownBlock" },
  definitions,
});

/**
 * What is wrong with a message's blocks by Slack's own types and the limits in their comments:
 * JSON pointers and reasons; nothing wrong is an empty list. Lengths count characters, not UTF-16
 * units. For Node only: ajv writes code.
 */
export function blockProblems(blocks: unknown): string[] {
  validate(blocks);
  const problems = (validate.errors ?? []).filter(({ keyword }) => keyword !== "if").map(said);
  return [...new Set([...problems, ...repeatedIds(blocks)])];
}

function said({ instancePath, message, params }: ErrorObject): string {
  const detail = params["additionalProperty"] ?? params["allowedValues"]?.join(", ");
  return `/blocks${instancePath} ${message}${detail === undefined ? "" : `: ${detail}`}`;
}

function repeatedIds(blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return [];
  const ids = blocks.map((block) => block?.block_id);
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [`/blocks/${index}/block_id must be unique: ${id}`]
      : [],
  );
}

function definitionsOfSlack(): NonNullable<Schema["definitions"]> {
  const path = fileURLToPath(import.meta.resolve("@slack/types/dist/index.d.ts"));
  return createGenerator({ path }).createSchema("KnownBlock").definitions ?? {};
}

function definitionOf(name: string): Schema {
  const definition = definitions[name];
  if (typeof definition !== "object") throw new Error(`@slack/types has no ${name}`);
  return definition;
}

/** Makes choices of the unions whose members have a `type`: of a union ajv reports every member. */
function chooseByType(): void {
  const unions = schemasIn(definitions).map((schema) => ({
    schema,
    members: (schema.anyOf ?? []).map((member) => ({ member, types: typesOf(member) })),
  }));
  for (const { schema, members } of unions) {
    const types = members.flatMap((member) => member.types);
    const untyped = members.some((member) => member.types.length === 0);
    if (types.length === 0 || untyped || new Set(types).size < types.length) continue;
    delete schema.anyOf;
    narrow(schema, { type: "object", required: ["type"], properties: { type: { enum: types } } });
    for (const { member, types: own } of members) {
      narrow(schema, { if: { properties: { type: { not: { enum: own } } } }, else: member });
    }
  }
}

/** The values that `type` may have. */
function typesOf(schema: Schema | boolean): string[] {
  if (typeof schema === "boolean") return [];
  if (schema.$ref !== undefined) {
    return typesOf(definitionOf(schema.$ref.replace("#/definitions/", "")));
  }
  const type = schema.properties?.["type"];
  if (typeof type === "object" && typeof type.const === "string") return [type.const];
  return [...new Set((schema.anyOf ?? []).flatMap(typesOf))];
}

function addLimitsInComments(): number {
  const limits = schemasIn(definitions).flatMap((schema) =>
    typeof schema.description === "string"
      ? limitsInComment(schema.description).map((limit) => ({ schema, limit }))
      : [],
  );
  for (const { schema, limit } of limits) narrow(schema, limit);
  return limits.length;
}

function narrow(schema: Schema, further: Schema): void {
  schema.allOf = [...(schema.allOf ?? []), further];
}

/** Every object within; those that are no schemas, such as `properties`, do no harm. */
function schemasIn(value: unknown): Schema[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(schemasIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}
