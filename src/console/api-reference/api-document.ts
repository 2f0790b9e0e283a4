/** A JSON Schema (2020-12), as far as the page looks into it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
};

/** A parameter of an operation. */
export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
};

/** What is sent or answered, by its media type. */
export type Content = Record<string, { schema: Schema; example?: unknown }>;

/** An answer; a refusal says in `x-codes` when it is given, by its code. */
export type ApiResponse = {
  description: string;
  content: Content;
  "x-codes"?: { code: string | null; when: string }[];
};

/** One way to ask. */
export type ApiOperation = {
  operationId: string;
  tags: [string];
  summary: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { required: true; description?: string; content: Content };
  responses: Record<string, ApiResponse>;
  /** Whether `VIEWER_TOKEN` is enough. */
  "x-viewer": boolean;
  "x-codeSamples": { lang: "Shell"; label: "curl" | "causeway"; source: string }[];
};

/**
 * The description of `/admin/api`: OpenAPI 3.1, as far as we use it.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export type ApiDocument = {
  openapi: "3.1.1";
  info: { title: string; version: string; summary: string; description: string };
  servers: { url: string; description: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  paths: Record<string, Partial<Record<"get" | "post" | "put" | "delete", ApiOperation>>>;
  components: {
    schemas: Record<string, Schema>;
    securitySchemes: Record<string, { type: "http"; scheme: "bearer"; description: string }>;
  };
};
