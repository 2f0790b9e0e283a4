import type { Source } from "../mappings/mapping-keys.ts";
import type { Problem } from "../mappings/problems.ts";
import type { Destination, Rule, SlackPerson } from "../mappings/schema.ts";
import type { ConditionRead } from "./read-condition.ts";
import type { TemplateRead } from "./read-template.ts";

/** A rule whose shape is right, with what its templates and condition read. */
export type DraftRule = {
  /** Where it stands: `rules[2]`. */
  at: string;
  rule: Rule;
  /** Its types in lower case; emoji by their one name. */
  on: string[];
  to: string[];
  templates: (TemplateRead & { path: string })[];
  condition: ConditionRead | null;
};

export type DraftMapping = {
  key: string;
  source: Source;
  /** Of the group, project or channel; `*` for all. */
  path: string;
  inherit: boolean;
  /** Those of its rules that can be read, in their order. */
  rules: DraftRule[];
  /** Whether that is all of them. */
  whole: boolean;
};

/** A configuration as it would be published. */
export type Draft = {
  keys: string[];
  mappings: DraftMapping[];
  /** By name; null: there is a document, and it cannot be used. */
  destinations: Map<string, Destination | null>;
  /** By GitLab username, as the key has it. */
  people: Map<string, SlackPerson | null>;
  /** Every destination that some rule names, also a rule that cannot be used. */
  named: Set<string>;
  /** What is wrong with the documents by themselves: with their shape, or in their rules. */
  problems: DraftProblem[];
};

export type DraftProblem = Problem & { key: string; in: "shape" | "rules" };
