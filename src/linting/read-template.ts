import { Liquid, toValueSync, type Template } from "liquidjs";

/** What a Liquid template looks at, and what it says by itself. */
export type TemplateRead = {
  /** The fields that it reads, as `["event", "labels", 0]`, and where in it; names of its own are left out. */
  reads: { path: (string | number)[]; line: number; column: number }[];
  /** Its own words, between the tags and outputs. */
  words: string[];
  /** The texts that it hands to the filter `mention`: `{{ "amina" | mention }}`. */
  mentioned: string[];
};

/** Only reads: what may stand in a template has been decided where it was compiled. */
const reader = new Liquid({ strictFilters: false, relativeReference: false });

/** Reads a template that compiles. One that does not has nothing to be looked at. */
export function readTemplate(source: string): TemplateRead {
  if (!/\{[{%]/.test(source)) return { reads: [], words: [source], mentioned: [] };
  const read: TemplateRead = { reads: [], words: [], mentioned: [] };
  try {
    const templates = reader.parse(source);
    read.reads.push(...readsIn(templates));
    for (const template of templates) look(template, read, {});
  } catch {
    return { reads: [], words: [], mentioned: [] };
  }
  return read;
}

/** The fields that templates read which nothing among them gives a name. */
function readsIn(templates: Template[]): TemplateRead["reads"] {
  const { globals } = reader.analyzeSync(templates, { partials: false });
  return Object.values(globals)
    .flat()
    .map(({ segments, location }) => {
      const end = segments.findIndex((segment) => typeof segment === "object");
      const path = (end < 0 ? segments : segments.slice(0, end)) as (string | number)[];
      return { path, line: location.row, column: location.col };
    });
}

/** As liquidjs has them: text, an output's value with its filters, and a loop. */
type Seen = {
  str?: unknown;
  value?: { initial?: { postfix?: { content?: unknown }[] }; filters?: { name: string }[] };
  /** Of `{% for variable in collection %}`. */
  variable?: unknown;
  collection?: { props?: { content?: unknown }[] };
  templates?: Template[];
};

/** The names that loops give to the items of lists of the event, and the paths of those lists; [] for other lists. */
type Loops = Record<string, string[]>;

function look(template: Template, read: TemplateRead, around: Loops): void {
  const { str, value } = template as Seen;
  const loops = withLoop(template, read, around);
  if (typeof str === "string") read.words.push(str);
  const [first, ...more] = value?.initial?.postfix ?? [];
  if (more.length === 0 && typeof first?.content === "string") {
    if (value?.filters?.[0]?.name === "mention") read.mentioned.push(first.content);
  }
  const children = template.children?.(false, true);
  if (children === undefined) return;
  for (const child of toValueSync(children) as Template[]) look(child, read, loops);
}

/**
 * What is read below the name of a loop's items is read below its list. In the loop's body alone the
 * name is nobody's own, unless something there takes it over.
 */
function withLoop(template: Template, read: TemplateRead, around: Loops): Loops {
  const { variable, collection, templates } = template as Seen;
  if (typeof variable !== "string" || templates === undefined) return around;
  const list = listOf(collection, around);
  for (const each of list.length === 0 ? [] : readsIn(templates)) {
    if (each.path[0] !== variable || each.path.length === 1) continue;
    read.reads.push({ ...each, path: [...list, ...each.path.slice(1)] });
  }
  return { ...around, [variable]: list };
}

function listOf(collection: Seen["collection"], around: Loops): string[] {
  const path = (collection?.props ?? []).map(({ content }) => content);
  if (!path.every((each) => typeof each === "string")) return [];
  const [root = "", ...rest] = path;
  const named = Object.hasOwn(around, root) ? (around[root] ?? []) : null;
  if (named !== null) return named.length === 0 ? [] : [...named, ...rest];
  return root === "event" ? path : [];
}
