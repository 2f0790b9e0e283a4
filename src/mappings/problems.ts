import type * as z from "zod/mini";
import { named } from "../words/named.ts";
import { refusalOf } from "./schema.ts";
import { suggestion } from "./suggestion.ts";

/** One thing that is wrong with a document: where (key path), and what to do about it. */
export type Problem = { path: string; message: string };

/** `["rules", 1, "when"]` → `rules[1].when`. */
function keyPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((written, key) => {
    if (typeof key === "number") return `${written}[${key}]`;
    return written === "" ? String(key) : `${written}.${String(key)}`;
  }, "");
}

/** `problems` as one text for a log line or a page, one sentence each. */
export function sayProblems(problems: Problem[]): string {
  return problems
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`))
    .join(" ");
}

/** What a schema found, in words for the person who wrote the document. */
export function problemsOf(
  error: z.core.$ZodError,
  schema: z.ZodMiniType,
  input: unknown,
): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, schema, input));
}

function problemsOfIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodMiniType,
  input: unknown,
): Problem[] {
  const path = keyPath(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: keyPath([...issue.path, key]),
        message: refusalOf(key) ?? unknownKey(key, keysAt(schema, issue.path, input)),
      }));
    case "invalid_union":
      return unionProblems(issue, schema, input);
    case "invalid_value":
      return [
        {
          path,
          message: `expected ${named(
            issue.values.map((value) => JSON.stringify(value)),
            "or",
          )}, found ${found(input, issue.path)}.${suggestion(wordOf(valueAt(input, issue.path)), issue.values.map(String))}`,
        },
      ];
    case "invalid_type":
      return [
        {
          path,
          message: `expected ${typeInWords(issue.expected)}, found ${found(input, issue.path)}.`,
        },
      ];
    case "too_small":
      return [{ path, message: `expected ${amount(issue, "at least", issue.minimum)}.` }];
    case "too_big":
      return [{ path, message: `expected ${amount(issue, "at most", issue.maximum)}.` }];
    case "invalid_format":
      return [
        {
          path,
          message: `${issue.message.replace(/\.$/, "")}, found ${found(input, issue.path)}.`,
        },
      ];
    case "not_multiple_of":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return [{ path, message: `${issue.message.replace(/\.$/, "")}.` }];
  }
}

function unknownKey(key: string, known: string[]): string {
  const meant = suggestion(key, known);
  return meant === "" && known.length > 0
    ? `unknown key. There are ${[...new Set(known)].join(", ")}.`
    : `unknown key.${meant}`;
}

/** Of a union's branches, the one that fits best: the deepest complaint is about what was meant. */
function unionProblems(
  issue: Extract<z.core.$ZodIssue, { code: "invalid_union" }>,
  schema: z.ZodMiniType,
  input: unknown,
): Problem[] {
  const path = keyPath(issue.path);
  const value = valueAt(input, issue.path);
  if (issue.errors.length === 0) {
    const options =
      "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    const said =
      options.length === 0
        ? ""
        : ` expected ${named(
            options.map((option) => JSON.stringify(option)),
            "or",
          )},`;
    return [
      {
        path,
        message: `${said} found ${describe(value)}.${suggestion(wordOf(value), options)}`.trim(),
      },
    ];
  }
  const branches = issue.errors.map((errors) =>
    errors.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const fitting = branches.filter(
    (errors) =>
      !errors.some(
        (inner) => inner.code === "invalid_type" && inner.path.length === issue.path.length,
      ),
  );
  const branch = fitting[0];
  if (branch !== undefined) {
    return branch.flatMap((inner) => problemsOfIssue(inner as z.core.$ZodIssue, schema, input));
  }
  const expected = branches
    .flat()
    .flatMap((inner) => (inner.code === "invalid_type" ? [typeInWords(inner.expected)] : []));
  return [
    { path, message: `expected ${named([...new Set(expected)], "or")}, found ${describe(value)}.` },
  ];
}

function keysAt(schema: z.ZodMiniType, path: readonly PropertyKey[], input: unknown): string[] {
  let reached: z.ZodMiniType[] = [schema];
  let value = input;
  for (const key of path) {
    reached = reached.flatMap((type) => step(type, key, value));
    value = valueAt(value, [key]);
  }
  return reached.flatMap((type) => open(type, value)).flatMap((type) => Object.keys(shapeOf(type)));
}

function step(schema: z.ZodMiniType, key: PropertyKey, value: unknown): z.ZodMiniType[] {
  return open(schema, value).flatMap((type) => {
    const inner = typeof key === "number" ? elementOf(type) : shapeOf(type)[String(key)];
    return inner === undefined ? [] : [inner];
  });
}

/** The alternatives behind optional and union types; of a discriminated union the one chosen. */
function open(schema: z.ZodMiniType, value: unknown): z.ZodMiniType[] {
  const def = schema.def as {
    type: string;
    innerType?: z.ZodMiniType;
    options?: z.ZodMiniType[];
    discriminator?: string;
  };
  if (def.innerType !== undefined) return open(def.innerType, value);
  if (def.options === undefined) return [schema];
  const chosen = def.options.filter((option) => {
    if (def.discriminator === undefined) return true;
    return shapeOf(option)[def.discriminator]?.safeParse(valueAt(value, [def.discriminator]))
      .success;
  });
  return (chosen.length > 0 ? chosen : def.options).flatMap((option) => open(option, value));
}

function shapeOf(schema: z.ZodMiniType): Record<string, z.ZodMiniType> {
  return (schema.def as { shape?: Record<string, z.ZodMiniType> }).shape ?? {};
}

function elementOf(schema: z.ZodMiniType): z.ZodMiniType | undefined {
  return (schema.def as { element?: z.ZodMiniType }).element;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

function amount(issue: { origin: string }, bound: string, count: number | bigint): string {
  const many = Number(count) !== 1;
  if (issue.origin === "string") return `${bound} ${count} character${many ? "s" : ""}`;
  return `${bound} ${count} ${many ? "entries" : "entry"}`;
}

function found(input: unknown, path: readonly PropertyKey[]): string {
  return describe(valueAt(input, path));
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  const written = JSON.stringify(value);
  return written.length > 60 ? `${written.slice(0, 57)}…` : written;
}

/** What stands there as a word. An object may say what it is as a text, and may say it wrongly. */
function wordOf(value: unknown): string {
  return typeof value === "string" ? value : describe(value);
}

function typeInWords(type: string): string {
  switch (type) {
    case "string":
      return "a text";
    case "array":
      return "a list";
    case "record":
    case "object":
      return "an object";
    case "boolean":
      return "true or false";
    case "number":
    case "int":
      return "a number";
    default:
      return type;
  }
}
