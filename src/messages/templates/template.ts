import { defaultOperators, Liquid, type Context, type Template as LiquidTemplate } from "liquidjs";
import { LIQUID_FILTERS } from "./liquid-filters.ts";
import { MAX_PRODUCED, Rendering, textOf, type Flavour, type TemplateScope } from "./rendering.ts";
import { SLACK_FILTERS } from "./slack-filters.ts";
import { sayTemplateProblem } from "./template-problem.ts";

/** A compiled template: pure, and bounded whatever the payload holds. */
export type Template = (scope: TemplateScope) => { text: string } | { error: string };

const MAX_SOURCE = 10_000;
const MAX_RANGE = 1_000;
/** The others read files, or write without escaping. */
const TAGS = ["assign", "break", "case", "comment", "continue", "for", "if", "unless"];
const FILTERS = { ...LIQUID_FILTERS, ...SLACK_FILTERS };

const engine = createEngine();

/**
 * Compiles a Liquid template over `event` and `payload`, or says what is wrong with it. Its scope
 * must be a bounded one; rendering is limited by steps and by what it produces, never by time: a
 * Worker's clock stands still while it computes.
 *
 * @see https://liquidjs.com
 */
export function compileTemplate(source: string, flavour: Flavour): Template | { problem: string } {
  if (source.length > MAX_SOURCE) {
    return { problem: "the template is longer than 10,000 characters." };
  }
  if (!/\{[{%]/.test(source)) return () => ({ text: source });
  const range = unboundedRange(source);
  if (range !== null) {
    return { problem: `the range ${range} needs two numbers that are at most 1,000 apart.` };
  }
  let parsed: LiquidTemplate[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    return { problem: say(error) };
  }
  return (scope) => {
    try {
      const rendering = new Rendering(engine, flavour, scope, source.length);
      const text = String(engine.renderSync(parsed, rendering as unknown as object));
      return text.length > MAX_PRODUCED
        ? { error: "the text is longer than 200,000 characters" }
        : { text };
    } catch (error) {
      return { error: say(error) };
    }
  };
}

/** liquidjs makes the whole list of a range before anything is counted. */
function unboundedRange(source: string): string | null {
  for (const [range, inner = ""] of codeIn(source).matchAll(/\(([^()]*)\)/g)) {
    const dots = inner.indexOf("..");
    if (dots < 0) continue;
    const [from = NaN, to = NaN] = [inner.slice(0, dots), inner.slice(dots + 2)].map((end) =>
      /^\s*-?\d{1,9}\s*$/.test(end) ? Number(end) : NaN,
    );
    if (!(to - from < MAX_RANGE)) return range;
  }
  return null;
}

/** What stands in tags and outputs, without the texts in quotes, which may look like an end or a range. */
function codeIn(source: string): string {
  let code = "";
  let close = "";
  for (let at = 0; at < source.length; at += 1) {
    const two = source.slice(at, at + 2);
    if (close === "") {
      if (two === "{{" || two === "{%") close = two === "{{" ? "}}" : "%}";
    } else if (two === close) {
      close = "";
      code += " ";
    } else {
      const end = endOfText(source, at);
      if (end === null) code += source[at];
      else at = end;
    }
  }
  return code;
}

/** Where the quoted text ends that begins here; null: none begins, or it never ends. */
function endOfText(source: string, start: number): number | null {
  const quote = source[start];
  if (quote !== '"' && quote !== "'") return null;
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === quote) return at;
  }
  return null;
}

function createEngine(): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    relativeReference: false,
    timezoneOffset: 0,
    // Names of days and months are English wherever it runs; asking the platform costs 15 ms at the start.
    locale: "en-US",
    operators: { ...defaultOperators, contains },
    outputEscape(this: { context: Rendering }, value: unknown): string {
      return this.context.write(value);
    },
  } as ConstructorParameters<typeof Liquid>[0]);
  for (const tag of Object.keys(liquid.tags)) if (!TAGS.includes(tag)) delete liquid.tags[tag];
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name);
  for (const [name, filter] of Object.entries(FILTERS)) {
    liquid.registerFilter(name, filter as never);
  }
  return liquid;
}

/** Liquid's `contains`, which pays for what it searches: some texts are made to be searched slowly. */
function contains(left: unknown, right: unknown, context: Context): boolean {
  const [all, part] = [left, right].map((side) => (Array.isArray(side) ? side : textOf(side)));
  const size = (all?.length ?? 0) + ((all?.length ?? 0) * (part?.length ?? 0)) / 50;
  (context as Rendering).spend(size);
  return Array.isArray(all)
    ? all.includes(right)
    : all !== "" && (all ?? "").includes(textOf(right));
}

function say(error: unknown): string {
  return sayTemplateProblem(error, Object.keys(FILTERS), TAGS);
}
