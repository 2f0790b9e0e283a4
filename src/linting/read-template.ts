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
    const { globals } = reader.analyzeSync(templates, { partials: false });
    for (const { segments, location } of Object.values(globals).flat()) {
      const end = segments.findIndex((segment) => typeof segment === "object");
      const path = (end < 0 ? segments : segments.slice(0, end)) as (string | number)[];
      read.reads.push({ path, line: location.row, column: location.col });
    }
    for (const template of templates) look(template, read);
  } catch {
    return { reads: [], words: [], mentioned: [] };
  }
  return read;
}

/** As liquidjs has them: text, and an output's value with its filters. */
type Seen = {
  str?: unknown;
  value?: { initial?: { postfix?: { content?: unknown }[] }; filters?: { name: string }[] };
};

function look(template: Template, read: TemplateRead): void {
  const { str, value } = template as Seen;
  if (typeof str === "string") read.words.push(str);
  const [first, ...more] = value?.initial?.postfix ?? [];
  if (more.length === 0 && typeof first?.content === "string") {
    if (value?.filters?.[0]?.name === "mention") read.mentioned.push(first.content);
  }
  const children = template.children?.(false, true);
  if (children === undefined) return;
  for (const child of toValueSync(children) as Template[]) look(child, read);
}
