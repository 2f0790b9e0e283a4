import type { CompiledMapping, CompiledRule } from "../../src/mappings/compile-mapping.ts";
import type { Rule, When } from "../../src/mappings/schema.ts";

import { parseMapping } from "../../src/mappings/parse-document.ts";

/** The mappings that apply to `a/b/c`, nearest first. */
const KEYS = ["a/b/c", "a/b", "a", "*"].map((path) => `mapping/gitlab/${path}`);

// The lengths of the three lists have no common divisor: 1,001 rules differ.
const TEAMS = ["billing", "checkout", "identity", "platform", "search", "support", "widgets"];

const ON: Rule["on"][] = [
  "issue.*",
  ["issue.open", "issue.reopen"],
  ["merge_request.open", "merge_request.ready", "merge_request.merge"],
  "merge_request.*",
  ["pipeline.failed", "pipeline.broken", "pipeline.fixed"],
  "pipeline.*",
  ["note.create", "note.update"],
  ["push.*", "tag_push.*"],
  "*.labeled",
  ["deployment.*", "release.create"],
  "job.failed",
  ["incident.*", "vulnerability.*"],
  ["epic.*", "work_item.*", "milestone.*"],
];

const WHEN: ((team: string) => When)[] = [
  (team) => ({ project: `acme/${team}*`, actor: { not: "*bot*" } }),
  (team) => ({
    labels: { any: [`team::${team}`, `area::${team}/*`], none: ["*::wontfix", "no-slack"] },
  }),
  (team) => ({
    labels_added: ["priority::1", "priority::2", `${team}::*`],
    actor: { not: "*bot*" },
  }),
  (team) => ({
    branch: ["main", "release/*", "*-stable"],
    project: [`acme/${team}/*`, `*/${team}`],
  }),
  (team) => ({ actor: { not: ["*bot*", "renovate*"] }, project: `acme/*/${team}-*` }),
  (team) => ({ author: [`${team}-*`, `*.${team}`], labels: { none: "draft" } }),
  (team) => ({ environment: "production*", status: "failed", project: `acme/${team}*` }),
  (team) => ({ milestone: "20??-*", assignee: { any: `*-${team}`, none: "*bot*" } }),
  (team) => ({ confidential: false, labels: { all: ["type::bug", `${team}*`] } }),
  (team) => ({ stage: ["test", "deploy*"], branch: "main", project: `*/${team}` }),
  (team) => ({ severity: ["high", "critical"], labels: `${team}::*` }),
];

const IF = [
  'event.labels.exists(label, label.startsWith("priority::"))',
  'event.kind == "issue" && event.issue.weight >= 3 && !event.confidential',
  'event.kind == "pipeline" && event.pipeline.duration > 3600',
  'event.kind == "merge_request" && event.title.glob("*urgent*") && size(event.labels) > 2',
  'event.kind == "note" && payload.object_attributes.note.contains("@support-team")',
];

const TEMPLATE =
  "*{{ event.actor.name }}* opened {{ event.link }} {{ event.text | markdown: 300 }}";

/**
 * The documents of `count` rules, nearest first, as a large organisation may write them: most are
 * for other teams. One wants everything, so that every event matches some.
 */
export function ruleDocuments(count: number): Map<string, string> {
  const rules: Rule[] = [
    { name: "Everything", on: "*", to: "everything" },
    ...Array.from({ length: count - 1 }, (_, index) => ruleOf(index)),
  ];
  const size = Math.ceil(count / KEYS.length);
  return new Map(
    KEYS.map((key, index) => {
      const ofKey = rules.slice(index * size, (index + 1) * size);
      return [key, JSON.stringify({ rules: ofKey })];
    }),
  );
}

/** Rules ready to be matched, from their documents. */
export function compileRules(documents: Map<string, string>): CompiledMapping[] {
  return [...documents].map(([key, text]) => {
    const compiled = parseMapping(key, text);
    if (!compiled.ok) throw new Error(`${key}: ${JSON.stringify(compiled.problems)}`);
    return compiled.value;
  });
}

/** Rules that say it in each way that there is. */
export function wordings(): Record<"card" | "compact" | "template" | "workflow", CompiledRule> {
  const common = { on: "*", to: "team" };
  const variables = {
    details: "{{ event.text | markdown: 300 }}",
    opened: '{{ event.at | date: "%d %b %H:%M" }}',
    severity: '{{ payload.object_attributes.severity | default: "none" | capitalize }}',
  };
  const rules = [
    { ...common, name: "card" },
    { ...common, name: "compact", style: "compact" },
    { ...common, name: "template", message: TEMPLATE },
    { ...common, name: "workflow", variables },
  ];
  const [mapping] = compileRules(new Map([["mapping/gitlab/a", JSON.stringify({ rules })]]));
  const [card, compact, template, workflow] = mapping?.rules ?? [];
  if (!card || !compact || !template || !workflow) throw new Error("A rule is missing.");
  return { card, compact, template, workflow };
}

function ruleOf(index: number): Rule {
  const team = nth(TEAMS, index);
  const hasIf = index % 10 === 0;
  const when = hasIf
    ? { actor: { not: "*bot*" }, if: nth(IF, index / 10) }
    : nth(WHEN, index)(team);
  return {
    name: `${team} ${index}`,
    on: nth(ON, index),
    when,
    to: index % 20 === 1 ? [`${team}-${index % 9}`, `${team}-all`] : `${team}-${index % 9}`,
    ...(index % 4 === 1 && { message: TEMPLATE }),
    ...(index % 4 === 2 && { style: "compact" as const }),
    ...(index % 4 === 3 && { variables: { title: "{{ event.title }}", team } }),
  };
}

function nth<T>(list: T[], index: number): T {
  return list[index % list.length] as T;
}
