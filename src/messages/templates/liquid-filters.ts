import { filters } from "liquidjs";
import { textOf, type Rendering } from "./rendering.ts";
import { Written } from "./written.ts";

/** A filter as liquidjs calls it. */
export type Filter = (this: { context: Rendering }, value: unknown, ...args: unknown[]) => unknown;

/**
 * Liquid's own filters that templates have: those whose work grows with their input and no faster.
 * Not here are those for HTML, which is of no use in Slack, and those that evaluate expressions.
 */
const FOR_TEXTS = [
  ..."append capitalize downcase lstrip prepend remove remove_first remove_last".split(" "),
  ..."replace replace_first replace_last rstrip split strip strip_newlines".split(" "),
  ..."truncate truncatewords upcase url_decode url_encode".split(" "),
];
const NAMES = [
  ...FOR_TEXTS,
  ..."abs at_least at_most ceil divided_by floor minus modulo plus round slice times".split(" "),
  ..."compact concat first join last map reverse size sort sort_natural sum uniq where".split(" "),
  "json",
];

const MAX_FORMAT = 100;
/** What a filter may make in one go. */
const MAX_MADE = 1_000_000;

/** Liquid's own filters by name, each paying for what it reads and makes. */
export const LIQUID_FILTERS: Record<string, Filter> = {
  ...Object.fromEntries(NAMES.map((name) => [name, paying(name, liquid(name))])),
  date: paying("date", dateFilter),
  default(value, ...args) {
    // What was written for Slack stays so.
    if (value instanceof Written && value.text !== "") return value;
    return liquid("default").apply(this, [value instanceof Written ? "" : value, ...args]);
  },
};

function liquid(name: string): Filter {
  return filters[name] as unknown as Filter;
}

/**
 * Liquid's `date`, in UTC unless a time zone such as "Europe/Berlin" is named. What GitLab cannot
 * have meant as a date is empty, and a day without a time is that day in every zone.
 */
function dateFilter(this: { context: Rendering }, value: unknown, ...args: unknown[]): unknown {
  const [format = "%Y-%m-%d %H:%M", zone = 0] = args;
  if (!/^\d{4}-|^\d{1,12}(\.\d+)?$/.test(textOf(value))) return "";
  const said = textOf(value);
  const at = said.includes("-") ? Date.parse(said) : Number(said) * 1_000;
  if (Number.isNaN(at)) return "";
  const wanted = textOf(format);
  if (wanted.length > MAX_FORMAT || /%\D?\d{3}/.test(wanted)) {
    throw new Error("the format of a date is too long, or a width in it");
  }
  // The names of days and months are asked of the platform, which takes its time.
  this.context.spend(wanted.length * 100);
  const dayOnly = /^\d{4}-\d\d-\d\d$/.test(said);
  return liquid("date").apply(this, [new Date(at).toISOString(), wanted, dayOnly ? 0 : zone]);
}

function paying(name: string, filter: Filter): Filter {
  return function (value, ...args) {
    const given = [value, ...args].map((each) => forFilter(name, each));
    for (const each of given) this.context.spend(sizeOf(each));
    refuse(name, given);
    const made = filter.apply(this, given as [unknown, ...unknown[]]);
    this.context.spend(sizeOf(made));
    return made;
  };
}

/** Refuses what would make very much out of little. */
function refuse(name: string, [value, ...args]: unknown[]): void {
  if (name === "join" || name.startsWith("replace")) {
    const inserted = sizeOf(args.at(-1));
    if (sizeOf(value) * inserted > MAX_MADE) {
      throw new Error(`the filter "${name}" would make more than 1,000,000 characters`);
    }
  }
}

/**
 * A value as a filter takes it. What was written for Slack is foreign text to every other filter, and
 * where a text is wanted a person is a name.
 */
function forFilter(name: string, value: unknown): unknown {
  if (value instanceof Written) return value.text;
  if (name === "join" && Array.isArray(value)) return value.map(textOf);
  const isObject = typeof value === "object" && value !== null;
  return isObject && FOR_TEXTS.includes(name) ? textOf(value) : value;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length;
  // Sorting and comparing take more than reading.
  return Array.isArray(value) ? value.length * 10 : 1;
}
