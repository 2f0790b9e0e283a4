import * as z from "zod/mini";
import type { Schema } from "../../../src/console/api-reference/api-document.ts";

const HERE = "#/$defs/";
const SHARED = "#/components/schemas/";

/** Schemas as JSON Schema (2020-12). */
export type JsonSchemas = {
  /** The schema of what is sent (`input`: defaults may be left out) or answered (`output`). */
  of: (schema: z.ZodMiniType, io: "input" | "output") => Schema;
  /** Those with a name of their own (`id`), so far; they are written once, and referred to. */
  named: Map<string, Schema>;
};

/** Turns schemas into JSON Schema, for one document. */
export function jsonSchemas(): JsonSchemas {
  const named = new Map<string, Schema>();
  return {
    named,
    of: (schema, io) => {
      // The payload may be any JSON.
      const made = z.toJSONSchema(schema, { io, unrepresentable: "any", override: tidy });
      const { $schema: _, $defs = {}, ...rest } = made;
      for (const [name, each] of Object.entries($defs)) named.set(name, pointing(each) as Schema);
      return pointing(rest) as Schema;
    },
  };
}

/** What says nothing to a reader. */
function tidy({ jsonSchema: schema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  // How a moment is written, the format says already.
  if (schema.format !== undefined) delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (Object.keys(schema.propertyNames ?? {}).join() === "type") delete schema.propertyNames;
}

/** The same with references to where the named schemas will be. */
function pointing(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(pointing);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      key === "$ref" && typeof value === "string" ? value.replace(HERE, SHARED) : pointing(value),
    ]),
  );
}
