import type { Child } from "hono/jsx";
import type { Schema } from "./api-document.ts";

/** What a value is, in a few words: `list of text`, `whole number, 1 to 200, or null`. */
export function SchemaInWords({ schema }: { schema: Schema }) {
  const { alternatives, isNullable } = partsOf(schema);
  const words = alternatives.flatMap((each, at): Child[] =>
    at === 0 ? [kindOf(each)] : [" or ", kindOf(each)],
  );
  return (
    <>
      {words}
      {isNullable ? (words.length === 0 ? "null" : " or null") : null}
    </>
  );
}

/** The id of a shared schema's description on the page. */
export function anchorOf(name: string): string {
  return `shape-${name}`;
}

/** What of a schema has fields of its own to be listed: objects, also in lists and among alternatives. */
export function objectsWithin(schema: Schema): Schema[] {
  if (schema.properties !== undefined) return [schema];
  if (schema.items !== undefined) return objectsWithin(schema.items);
  return (schema.anyOf ?? []).flatMap(objectsWithin);
}

/** What a schema is but for null, and whether it may be that. */
function partsOf(schema: Schema): { alternatives: Schema[]; isNullable: boolean } {
  const { type, anyOf } = schema;
  if (anyOf !== undefined) {
    const parts = anyOf.map(partsOf);
    return {
      alternatives: parts.flatMap(({ alternatives }) => alternatives),
      isNullable: parts.some(({ isNullable }) => isNullable),
    };
  }
  const types = typeof type === "string" ? [type] : (type ?? []);
  const others = types.filter((each) => each !== "null");
  const isNullable = others.length < types.length;
  return {
    alternatives:
      isNullable && others.length === 0
        ? []
        : [types.length === 0 ? schema : { ...schema, type: others }],
    isNullable,
  };
}

function kindOf(schema: Schema): Child {
  const { $ref, items, const: only, enum: values } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1);
    return <a href={`#${anchorOf(name)}`}>{name}</a>;
  }
  if (only !== undefined) return <code>{JSON.stringify(only)}</code>;
  if (values !== undefined) {
    return values.map((value, at) => (
      <>
        {at === 0 ? "" : ", "}
        <code>{String(value)}</code>
      </>
    ));
  }
  if (items !== undefined) return <ListInWords items={items} most={schema.maxItems} />;
  if (schema.format === "date-time") return "time";
  return plainKindOf(schema);
}

function ListInWords({ items, most }: { items: Schema; most: number | undefined }) {
  return (
    <>
      list of <SchemaInWords schema={items} />
      {most === undefined ? "" : `, at most ${most}`}
    </>
  );
}

function plainKindOf(schema: Schema): Child {
  const { maxLength, properties, additionalProperties: others } = schema;
  const kind = [schema.type].flat()[0] ?? "";
  if (kind === "object" && properties === undefined && typeof others === "object") {
    return (
      <>
        names with <SchemaInWords schema={others} />
      </>
    );
  }
  const words = Object.hasOwn(KINDS, kind) ? KINDS[kind] : "any JSON";
  return `${words}${rangeOf(schema)}${maxLength === undefined ? "" : `, at most ${maxLength} characters`}`;
}

const KINDS: Record<string, string> = {
  object: "object",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  string: "text",
};

function rangeOf({ minimum, maximum }: Schema): string {
  return minimum === undefined || maximum === undefined ? "" : `, ${minimum} to ${maximum}`;
}
