import { Context, Drop, type Liquid } from "liquidjs";
import { escapeMarkdown, escapeTitle, markdownLink } from "../../gitlab/escape-markdown.ts";
import type { Scope } from "../../mappings/scope.ts";
import { cleanText, escapeAnywhere, mrkdwnLink, webAddress } from "../../slack/mrkdwn.ts";
import { Written } from "./written.ts";

/**
 * How values come out: escaped for a Slack message, plain for a workflow's variable, or escaped for the
 * Markdown or the title of a GitLab issue.
 */
export type Flavour = "mrkdwn" | "plain" | "markdown" | "title";

/** What a template sees; `people` (GitLab username in lower case → Slack user id) only by `mention`. */
export type TemplateScope = Scope & { people?: ReadonlyMap<string, string> };

const MAX_STEPS = 5_000;
/** Characters that a template may produce. */
export const MAX_PRODUCED = 200_000;
/** Characters that a filter reads or makes in the time of a step. */
const CHARACTERS_PER_STEP = 200;
const NOBODY: ReadonlyMap<string, string> = new Map();

/** One rendering of a template: how its values come out, and what it may still use up. */
export class Rendering extends Context {
  readonly flavour: Flavour;
  readonly people: ReadonlyMap<string, string>;
  /** Where GitLab's short references point. */
  readonly projectUrl: string | null;
  #steps = 0;
  #produced = 0;

  constructor(
    engine: Liquid,
    flavour: Flavour,
    { event, payload, people }: TemplateScope,
    sourceLength: number,
  ) {
    const limits = { sync: true, memoryLimit: 10 * MAX_PRODUCED };
    super({ event, payload }, engine.options, limits, { liquid: engine });
    this.flavour = flavour;
    this.people = people ?? NOBODY;
    const project = event["project"] as { url?: unknown } | null | undefined;
    this.projectUrl = typeof project?.url === "string" ? project.url : null;
    this.push({ event: { ...event, link: this.#linkOf(event) } });
    // liquidjs asks its render limit before each tag and output, and hands it the time. Counting is
    // what a Worker can do instead: its clock stands still while it computes. A tag of a long
    // template may have much in it.
    this.renderLimit.check = () => this.spend(sourceLength / 5);
  }

  /** Of what `nil`, `empty` and `forloop` are to liquidjs it would also read what all objects inherit. */
  override readProperty(...[of, key]: Parameters<Context["readProperty"]>): unknown {
    const isInherited = of instanceof Drop && typeof key === "string" && key in Drop.prototype;
    return isInherited ? undefined : super.readProperty(of, key);
  }

  /** Counts a step, and the characters or items that are read or made in it. */
  spend(size: number): void {
    this.#steps += 1 + size / CHARACTERS_PER_STEP;
    if (this.#steps > MAX_STEPS) throw new Error("the template takes more than 5,000 steps");
  }

  /** A value as it comes out: what is written for Slack as it is, everything else as foreign text. */
  write(value: unknown): string {
    const text = value instanceof Written ? value.written : this.#escaped(textOf(value));
    this.#produced += text.length;
    if (this.#produced > MAX_PRODUCED) {
      throw new Error("the text is longer than 200,000 characters");
    }
    // Behind a `<` of the template's own even what a filter wrote could become something else.
    return value instanceof Written && this.flavour === "mrkdwn"
      ? text.replace(/^(?=[!@#])/, "\u200b")
      : text;
  }

  /** A link as this flavour writes it; only the label where there is no web address. */
  link(label: string, url: string | null): Written | string {
    if (url === null || webAddress(url) === null) return label;
    const shown = label === "" ? url : label;
    if (this.flavour === "mrkdwn") return new Written(mrkdwnLink(url, shown), () => shown);
    if (this.flavour === "markdown") return new Written(markdownLink(url, shown), () => shown);
    return new Written(cleanText(shown === url ? url : `${shown} ${url}`), () => shown);
  }

  #escaped(text: string): string {
    switch (this.flavour) {
      case "mrkdwn":
        return escapeAnywhere(text);
      case "markdown":
        return escapeMarkdown(text);
      case "title":
        return escapeTitle(text);
      case "plain":
        return cleanText(text);
    }
  }

  #linkOf({ title, url }: Record<string, unknown>): Written | string {
    const address = typeof url === "string" ? url : null;
    return this.link(typeof title === "string" ? title : (address ?? ""), address);
  }
}

/** A value as a person reads it: a person by name, a list with commas, nothing as nothing. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return String(value);
  if (value instanceof Written) return value.text;
  if (Array.isArray(value)) {
    return value
      .map(textOf)
      .filter((item) => item !== "")
      .join(", ");
  }
  if (typeof value !== "object" || value === null) return "";
  const { name, title, username } = value as Record<string, unknown>;
  const named = [name, title, username].find((each) => typeof each === "string" && each !== "");
  return typeof named === "string" ? named : "";
}
