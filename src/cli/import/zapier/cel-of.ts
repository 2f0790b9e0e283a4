import type { Criterion } from "./read-criteria.ts";
import type { GitlabField } from "./gitlab-fields.ts";

/**
 * A line of a filter as CEL that always has an answer: what is absent contains nothing. Null when it
 * cannot be said.
 */
export function celOf({ comparison, isNot, values }: Criterion, field: GitlabField): string | null {
  const said = field.isList
    ? celOfList(comparison, values, field)
    : celOfValue(comparison, values, field);
  if (said === null) return null;
  return isNot ? `!(${said})` : said;
}

function celOfList(
  comparison: Criterion["comparison"],
  values: string[],
  { cel, when }: GitlabField,
): string | null {
  // Lists of ours, such as labels; those of GitLab's body may hold anything.
  if (when === null) return null;
  if (comparison === "exists") return `${cel}.size() > 0`;
  const patterns = patternsOf(comparison, values);
  if (patterns === null) return null;
  if (when === "labels")
    return `${cel}.exists(x, ${either(patterns.map((each) => globbed("x", each)))})`;
  const names = patterns.flatMap((each) => [globbed("x.username", each), globbed("x.name", each)]);
  return `${cel}.exists(x, ${either(names)})`;
}

function celOfValue(
  comparison: Criterion["comparison"],
  values: string[],
  { cel, path }: GitlabField,
): string | null {
  const there = presence(cel, path);
  if (there === null) return null;
  if (comparison === "exists") return [...there, `${cel} != null`, `${cel} != ""`].join(" && ");
  const tests =
    comparison === "greater" || comparison === "less"
      ? values.map((value) => `${cel} ${comparison === "greater" ? ">" : "<"} ${value}`)
      : comparison === "equals"
        ? values.map((value) => `${cel} == ${JSON.stringify(value)}`)
        : (patternsOf(comparison, values) ?? []).map((pattern) => globbed(cel, pattern));
  if (comparison === "equals") tests.push(...values.flatMap((value) => otherThanText(cel, value)));
  if (tests.length === 0) return null;
  const isNumber =
    comparison === "greater" || comparison === "less"
      ? [`(type(${cel}) == int || type(${cel}) == double)`]
      : [];
  return [...there, ...isNumber, either(tests)].join(" && ");
}

/** GitLab leaves out what there is not; asking for it is an error, which counts as true. */
function presence(cel: string, path: string[]): string[] | null {
  const parts = cel.split(".");
  if (parts[0] !== "payload") {
    // Fields of ours are always there, but for what a project or person has.
    return parts.slice(2).map((_part, index) => `${parts.slice(0, index + 2).join(".")} != null`);
  }
  if (path.some((part) => !/^[A-Za-z_]\w*$/.test(part))) return null;
  return path.map((_part, index) => `has(${parts.slice(0, index + 2).join(".")})`);
}

/** The globs that a comparison of texts comes to. */
export function patternsOf(comparison: Criterion["comparison"], values: string[]): string[] | null {
  switch (comparison) {
    case "contains":
      return values.map((value) => `*${value}*`);
    case "equals":
      return values;
    case "starts":
      return values.map((value) => `${value}*`);
    case "ends":
      return values.map((value) => `*${value}`);
    case "greater":
    case "less":
    case "exists":
      return null;
  }
}

function globbed(cel: string, pattern: string): string {
  return `type(${cel}) == string && ${cel}.glob(${JSON.stringify(pattern)})`;
}

/** In Zapier all values are texts; in the body of a webhook `3` and `true` are not. */
function otherThanText(cel: string, value: string): string[] {
  if (/^(true|false)$/i.test(value)) return [`${cel} == ${value.toLowerCase()}`];
  return /^-?\d{1,15}$/.test(value) ? [`${cel} == ${value}`] : [];
}

/** Joins alternatives, in brackets where there are several. */
export function either(alternatives: string[]): string {
  const [only = "false", ...more] = alternatives;
  const inBrackets = alternatives.map((each) => (each.includes(" && ") ? `(${each})` : each));
  return more.length === 0 ? only : `(${inBrackets.join(" || ")})`;
}
