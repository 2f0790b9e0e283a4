/** A JSON Schema, as far as the editor looks at it. */
export type Schema = {
  description?: string;
  type?: string | string[];
  enum?: (string | number | boolean)[];
  const?: string | number | boolean;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  definitions?: Record<string, Schema>;
};

/** What may be written in a place: keys with what they mean, and values. */
export type Allowed = { keys: { name: string; says: string }[]; values: string[] };

/** What a schema allows at a path of keys; `*` is an item of a list. */
export function allowedAt(schema: Schema, path: string[]): Allowed {
  let found = alternatives(schema, schema);
  for (const step of path) found = found.flatMap((each) => below(schema, each, step));
  const keys = new Map(
    found.flatMap(({ properties = {} }) =>
      Object.entries(properties).map(([name, each]): [string, string] => [
        name,
        saysOf(schema, each),
      ]),
    ),
  );
  return {
    keys: Array.from(keys, ([name, says]) => ({ name, says })),
    values: [...new Set(found.flatMap(valuesOf))],
  };
}

function below(
  root: Schema,
  { properties, additionalProperties, items }: Schema,
  step: string,
): Schema[] {
  const next =
    step === "*"
      ? items
      : (properties?.[step] ??
        (typeof additionalProperties === "object" ? additionalProperties : undefined));
  return next === undefined ? [] : alternatives(root, next);
}

/** A schema as the list of those that it can be. */
function alternatives(root: Schema, schema: Schema): Schema[] {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  const referred = name === undefined ? undefined : root.definitions?.[name];
  const more = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [
    schema,
    ...(referred === undefined ? more : [...more, referred]).flatMap((each) =>
      alternatives(root, each),
    ),
  ];
}

function saysOf(root: Schema, schema: Schema): string {
  return (
    alternatives(root, schema).find(({ description }) => description !== undefined)?.description ??
    ""
  );
}

function valuesOf({ type, enum: listed, const: only }: Schema): string[] {
  if (listed !== undefined) return listed.map(String);
  if (only !== undefined) return [String(only)];
  return type === "boolean" ? ["true", "false"] : [];
}
