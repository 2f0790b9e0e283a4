import { Context, Liquid, type Template as LiquidTemplate } from "liquidjs";
import type { Scope } from "../mappings/cel.ts";
import { cleanText, escapeAnywhere, mrkdwnLink } from "../slack/mrkdwn.ts";

/** A compiled template: pure, and bounded whatever the payload holds. */
export type Template = (scope: Scope) => { text: string } | { error: string };

/** How values come out: escaped for a Slack message, or plain for a workflow's variable. */
export type Flavour = "mrkdwn" | "plain";

/** A link in a scope, which each flavour writes in its own way. */
export class Link {
  readonly url: string | null;
  readonly title: string;
  constructor(url: string | null, title: string) {
    this.url = url;
    this.title = title;
  }
  toString(): string {
    return this.title;
  }
}

const MAX_SOURCE = 10_000;
const MAX_STEPS = 2_000;
/** Characters that filters and outputs may produce in all. */
const MAX_PRODUCED = 200_000;
/** The others read files, or write without escaping. */
const TAGS = ["assign", "break", "case", "comment", "continue", "for", "if", "unless"];

const engines: Record<Flavour, Liquid> = {
  mrkdwn: createEngine((value) =>
    value instanceof Link ? mrkdwnLink(value.url, value.title) : escapeAnywhere(display(value)),
  ),
  plain: createEngine((value) =>
    cleanText(value instanceof Link ? `${value.title} ${value.url ?? ""}`.trim() : display(value)),
  ),
};

/**
 * Compiles a Liquid template over `event` and `payload`, or says what is wrong with it.
 * Rendering is limited by steps and by what it produces, never by time: a Worker's clock stands
 * still while it computes.
 *
 * @see https://liquidjs.com
 */
export function compileTemplate(source: string, flavour: Flavour): Template | { problem: string } {
  if (source.length > MAX_SOURCE)
    return { problem: `the template is longer than ${MAX_SOURCE} characters.` };
  if (!/\{[{%]/.test(source)) return () => ({ text: source });
  const engine = engines[flavour];
  let parsed: LiquidTemplate[];
  try {
    parsed = engine.parse(source);
  } catch (error) {
    return { problem: say(error) };
  }
  return (scope) => {
    const context = new Context(
      { event: { ...scope.event, link: linkOf(scope.event) }, payload: scope.payload },
      engine.options,
      { sync: true, memoryLimit: MAX_PRODUCED },
      { liquid: engine },
    );
    // liquidjs asks its render limit before each step and hands it the time; counting is what a
    // Worker can do instead.
    let steps = 0;
    context.renderLimit.check = () => {
      steps += 1;
      if (steps > MAX_STEPS) throw new Error(`the template took more than ${MAX_STEPS} steps`);
    };
    try {
      return { text: String(engine.renderSync(parsed, context as unknown as object)) };
    } catch (error) {
      return { error: say(error) };
    }
  };
}

function createEngine(write: (value: unknown) => string): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    relativeReference: false,
    outputEscape(this: { context: Context }, value: unknown): string {
      const text = write(value);
      this.context.memoryLimit.use(text.length);
      return text;
    },
  } as ConstructorParameters<typeof Liquid>[0]);
  for (const tag of Object.keys(engine.tags)) if (!TAGS.includes(tag)) delete engine.tags[tag];
  engine.unregisterFilter("raw");
  return engine;
}

/** A value as a person reads it: a person by name, a list with commas, nothing as nothing. */
function display(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value))
    return value
      .map(display)
      .filter((item) => item !== "")
      .join(", ");
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "object") return "";
  if (value instanceof Link) return value.title;
  const named = value as { name?: unknown; title?: unknown };
  return display(named.name ?? named.title ?? "");
}

function linkOf(event: Record<string, unknown>): Link {
  const url = typeof event["url"] === "string" ? event["url"] : null;
  return new Link(url, typeof event["title"] === "string" ? event["title"] : (url ?? ""));
}

function say(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error);
}
