import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { EVENT_CATALOGUE } from "../../../gitlab/event-catalogue.ts";
import { eventFields } from "../../../linting/event-fields.ts";
import { RESERVED } from "../../../mappings/address.ts";
import { sourceOfMapping, type Source } from "../../../mappings/mapping-keys.ts";
import type { EditorWords } from "../../../operations/drafts/editor-words.ts";
import { keysBeside } from "./keys-beside.ts";
import { placeInYaml } from "./place-in-yaml.ts";
import { allowedAt } from "./schema-at.ts";
import { schemaOf } from "./schema-of.ts";
import { words } from "./words.ts";

const PEOPLE = ["actor", "author", "assignee", "reviewer"];
/** A sequence of fields, such as `event.project.pa`. */
const FIELDS = /(?<![\w.])[\w.]*$/;

/** Offers what may be written at the cursor, in the document of the key that `keyOf` says. */
export function completion(
  keyOf: () => string,
): (context: CompletionContext) => Promise<CompletionResult | null> {
  return async (context) => {
    const before = context.state.sliceDoc(0, context.pos);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    const key = keyOf();
    const source = sourceOfMapping(key);
    const known = await words();
    const place = placeInYaml(before);
    const template = openTemplate(line);
    if (template !== null) return inTemplate(context, template, source, known);
    if (place.path.at(-1) === "if") return fieldsAt(context, line, source);
    if (!context.explicit && place.typed === "" && place.is !== "value") return null;
    const allowed = allowedAt(schemaOf(key), place.path);
    const values = place.is === "key" ? [] : valuesAt(place.path, allowed.values, source, known);
    const there = new Set(keysBeside(context.state.doc.toString(), context.pos));
    const keys =
      place.is === "value"
        ? []
        : allowed.keys
            .filter(({ name }) => !there.has(name))
            .map(({ name, says }) => keyOption(name, says));
    const options = [...keys, ...values];
    return options.length === 0
      ? null
      : { from: context.pos - place.typed.length, options, validFor: /^[\w.*+-]*$/ };
  };
}

/** What of a line stands in a template that is not closed yet. */
function openTemplate(line: string): string | null {
  const open = line.slice(line.lastIndexOf("}") + 1);
  const start = open.indexOf("{{");
  return start < 0 ? null : open.slice(start);
}

function keyOption(name: string, says: string): Completion {
  return {
    label: name,
    apply: `${name}: `,
    type: "property",
    ...(says === "" ? {} : { info: says }),
  };
}

function valuesAt(
  path: string[],
  listed: string[],
  source: Source,
  { destinations, people, emoji }: EditorWords,
): Completion[] {
  const name = path.findLast((step) => step !== "*") ?? "";
  const said = (label: string, detail?: string): Completion => ({
    label,
    type: "constant",
    ...(detail === undefined ? {} : { detail }),
  });
  if (name === "to") {
    const reserved = source === "slack" ? RESERVED.map((each) => said(each, "in Slack")) : [];
    return [...destinations.map((each) => said(each, "destination")), ...reserved];
  }
  if (name === "on" && path.includes("rules")) {
    const types = source === "gitlab" ? TYPES : emoji.map((each) => said(`reaction.${each}`));
    const known = new Set(types.map(({ label }) => label));
    return [...types, ...listed.filter((each) => !known.has(each)).map((each) => said(each))];
  }
  if (PEOPLE.includes(name) || path.some((step) => PEOPLE.includes(step))) {
    return people.map((each) => said(each, "person"));
  }
  return listed.map((each) => said(each));
}

const TYPES: Completion[] = EVENT_CATALOGUE.flatMap(({ kind, name, actions }) =>
  Object.entries(actions).map(([action, says]) => ({
    label: `${kind}.${action}`,
    type: "constant",
    detail: name,
    info: says,
  })),
);

function inTemplate(
  context: CompletionContext,
  template: string,
  source: Source,
  { filters }: EditorWords,
): CompletionResult | null {
  const filter = /\|\s*(\w*)$/.exec(template)?.[1];
  if (filter === undefined) return fieldsAt(context, template, source);
  const options = filters.map((label) => ({ label, type: "function", detail: "filter" }));
  return { from: context.pos - filter.length, options, validFor: /^\w*$/ };
}

function fieldsAt(
  context: CompletionContext,
  text: string,
  source: Source,
): CompletionResult | null {
  const typed = FIELDS.exec(text)?.[0] ?? "";
  if (typed === "" && !context.explicit) return null;
  const options = Object.entries(eventFields(source)).flatMap(([name, shape]) => [
    {
      label: `event.${name}`,
      type: "variable",
      ...(shape === "texts" ? { detail: "a list" } : {}),
    },
    ...(typeof shape === "string"
      ? []
      : shape.names.map((each) => ({ label: `event.${name}.${each}`, type: "variable" }))),
  ]);
  return { from: context.pos - typed.length, options, validFor: /^[\w.]*$/ };
}
