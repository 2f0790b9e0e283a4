import type { Source } from "../mappings/mapping-keys.ts";
import { suggestion } from "../mappings/suggestion.ts";
import { eventFields, whenFieldOf } from "./event-fields.ts";
import { KIND_FACTS, kindsOf, SLACK_KINDS } from "./event-kinds.ts";
import type { Finding } from "./finding.ts";
import type { DraftRule } from "./draft.ts";

/** A field that is read: `["event", "actor", "name"]`. `where` ends a sentence about it. */
export type FieldRead = {
  path: (string | number)[];
  where: string;
  /** `asked`: a condition asks for it with `has(…)`. */
  in: "template" | "condition" | "asked";
};

type FieldFault = Pick<Finding, "severity" | "code" | "message">;

/** What Liquid knows of every list and text. */
const LISTS_AND_TEXTS = ["first", "last", "size"];

/** What is wrong with reading a field in a rule; null: nothing that is known. */
export function fieldFault(
  read: FieldRead,
  source: Source,
  rule: Pick<DraftRule, "on">,
): FieldFault | null {
  const [root, field, ...rest] = read.path;
  const known = eventFields(source);
  if (root !== "event" && root !== "payload") {
    // CEL refuses such names itself, and knows names of loops.
    return read.in === "template" ? unknownRoot(read, String(root), Object.keys(known)) : null;
  }
  // What is asked for is of another kind, or of a day to come: only what no kind ever has is a mistake.
  if (read.in === "asked" && (source === "slack" || Object.hasOwn(known, String(field))))
    return null;
  if (read.in === "asked") return belowNothing(read, rule);
  if (root === "payload" || typeof field !== "string") return null;
  const shape = Object.hasOwn(known, field) ? known[field] : undefined;
  if (shape === undefined) return kindFault(read, field, source, rule);
  if (field === "milestone" && rule.on.some((type) => /^(\*|\?|milestone)/.test(type))) return null;
  const name = rest.find((each) => typeof each === "string");
  if (name !== undefined && !LISTS_AND_TEXTS.includes(name)) {
    if (typeof shape !== "object") {
      const what = shape === "texts" ? "a list of texts" : "a text";
      return fault(read, `event.${field} is ${what}: there is no "${name}" below it`);
    }
    if (!shape.names.includes(name)) return unknown(read, `event.${field}`, name, shape.names);
  }
  return source === "gitlab" ? neverThere(read, field, rule) : null;
}

/** `event.<name>` where no such field is: what GitLab sends of a kind, or nothing. */
function kindFault(
  read: FieldRead,
  field: string,
  source: Source,
  rule: Pick<DraftRule, "on">,
): FieldFault | null {
  const { on } = rule;
  const kinds = source === "slack" ? SLACK_KINDS : Object.keys(KIND_FACTS);
  const possible = kindsOf(on);
  if (!kinds.includes(field)) {
    // A kind that nobody knows yet has its attributes under its name too.
    if (possible?.includes(field) === true) return null;
    return unknown(read, "event", field, [...Object.keys(eventFields(source)), ...kinds]);
  }
  // A type that nothing has is a mistake of its own, and whatever was meant may have this.
  if (possible?.every((kind) => kinds.includes(kind) && kind !== field) === true) {
    return {
      severity: "warning",
      code: "other-kind",
      message: `event.${field} is there for events of the kind ${field} only, and the rule is on ${on.join(", ")}${consequence(read)}${read.where}.`,
    };
  }
  return belowNothing(read, rule);
}

/** `event.member.access_level`: GitLab's body of that kind is flat. */
function belowNothing(read: FieldRead, { on }: Pick<DraftRule, "on">): FieldFault | null {
  const [root, field, ...rest] = read.path;
  if (root !== "event" || kindsOf(on) === null || rest.length === 0) return null;
  if (!Object.hasOwn(KIND_FACTS, String(field))) return null;
  if (KIND_FACTS[String(field)]?.attributes !== false) return null;
  return {
    severity: "warning",
    code: "other-kind",
    message: `GitLab sends nothing below event.${field}: look for it in payload${consequence(read)}${read.where}.`,
  };
}

function neverThere(
  read: FieldRead,
  field: string,
  { on }: Pick<DraftRule, "on">,
): FieldFault | null {
  const when = whenFieldOf(field);
  const kinds = kindsOf(on);
  if (when === null || kinds === null || read.in !== "template") return null;
  if (kinds.some((kind) => KIND_FACTS[kind]?.fields.includes(when) ?? true)) return null;
  return {
    severity: "warning",
    code: "never-there",
    message: `event.${field} is always empty for ${on.join(", ")}${read.where}.`,
  };
}

function unknownRoot(read: FieldRead, root: string, fields: string[]): FieldFault {
  const meant = fields.includes(root)
    ? ` Did you mean "event.${root}"?`
    : suggestion(root, ["event", "payload"]);
  return fault(read, `there is no "${root}": templates see event and payload`, meant);
}

function unknown(read: FieldRead, path: string, name: string, names: string[]): FieldFault {
  const meant = suggestion(name, names).replace(/"(.*)"/, `"${path}.$1"`);
  return fault(read, `there is no ${path}.${name}`, meant);
}

function fault(read: FieldRead, message: string, meant = ""): FieldFault {
  return {
    severity: "error",
    code: "unknown-field",
    message: `${message}${consequence(read)}${read.where}.${meant}`,
  };
}

/** What comes of it where it is not seen at once. */
function consequence(read: FieldRead): string {
  switch (read.in) {
    case "template":
      return "";
    case "condition":
      return ", so the condition has no answer and counts as true";
    case "asked":
      return ", so has(…) is always false";
  }
}
