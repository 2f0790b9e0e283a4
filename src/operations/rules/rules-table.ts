import { isReservedDestination } from "../../mappings/address.ts";
import type { Source } from "../../mappings/mapping-keys.ts";
import type { Rule } from "../../mappings/schema.ts";
import type { DocumentHead } from "../../publishing/publisher.ts";
import { healthOfTo, type Health, type Surroundings } from "../destinations/destination-health.ts";
import type { MappingView } from "./mapping-view.ts";
import type { Sent, SevenDays } from "./seven-days.ts";
import { wordsOfRule } from "./words-of-rule.ts";

/** A rule with what is known of it, or a mapping that has none because it is empty or cannot be used. */
export type RuleRow = {
  document: DocumentHead;
  source: Source;
  place: string;
  /** Why the whole mapping cannot be used. */
  problem: string | null;
  /** Null: the mapping has none that could be shown. */
  rule: { is: Rule; to: { name: string; health: Health }[]; sent: Sent } | null;
};

/** What a rule may be looked for by. `quiet`: it is on, and brought nothing in seven days. */
export const RULE_STATES = ["on", "off", "shadow", "paused", "unused", "quiet", "broken"] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** Which rules to show; empty is any. `after` is {@link RulesPage.next} of the page before. */
export type RulesQuestion = {
  q: string;
  source: Source | "";
  to: string;
  state: RuleState | "";
  after: string;
};

/** Some of the rules that were asked for, in the order of their mappings. */
export type RulesPage = {
  rows: RuleRow[];
  /** How many were asked for in all, and how many there are. */
  found: number;
  rules: number;
  mappings: number;
  next: string | null;
};

type Mappings = (DocumentHead & { reading: MappingView })[];

/** Looks for rules in all mappings, and gives one page of at most `limit` of them. */
export function rulesPage(
  mappings: Mappings,
  around: Surroundings,
  week: SevenDays,
  question: RulesQuestion,
  limit: number,
): RulesPage {
  const asked = question.q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const places = mappings
    .filter(({ reading: { source } }) => question.source === "" || source === question.source)
    .flatMap(placesIn)
    .filter((place) => hasWords(place, asked) && isSent(place, question.to))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const rows = places
    .map((place) => ({
      name: place.name,
      isRule: place.rule !== null,
      row: rowOf(place, around, week),
    }))
    .filter(({ row }) => question.state === "" || statesOf(row).has(question.state));
  const from = rows.findIndex(({ name }) => name > question.after);
  const page = from === -1 ? [] : rows.slice(from, from + limit);
  const isLast = page.at(-1) === rows.at(-1);
  return {
    rows: page.map(({ row }) => row),
    found: rows.filter(({ isRule }) => isRule).length,
    rules: mappings.reduce((sum, { reading }) => sum + reading.rules.length, 0),
    mappings: mappings.length,
    next: isLast ? null : (page.at(-1)?.name ?? null),
  };
}

/** How many rules name each destination; those that answer in a channel count too. */
export function usesOf(mappings: Mappings): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { reading } of mappings) {
    for (const { to } of reading.rules) {
      for (const name of new Set([to].flat())) uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  return uses;
}

/** `name`: what the table is in the order of. */
type PlaceInTable = { name: string; document: Mappings[number]; rule: Rule | null };

/** The rules of a mapping, or the one row that a mapping without rules has. */
function placesIn(document: Mappings[number]): PlaceInTable[] {
  const { rules } = document.reading;
  return rules.length === 0
    ? [{ name: `${document.key} `, document, rule: null }]
    : rules.map((rule, index) => ({
        name: `${document.key} ${String(index).padStart(5, "0")}`,
        document,
        rule,
      }));
}

function hasWords(
  { document: { key, by, reading }, rule }: PlaceInTable,
  asked: string[],
): boolean {
  const around = `${key}\n${by ?? ""}\n${reading.problem ?? ""}`.toLowerCase();
  return asked.every(
    (word) => around.includes(word) || (rule !== null && wordsOfRule(rule).includes(word)),
  );
}

function isSent({ rule }: PlaceInTable, to: string): boolean {
  return to === "" || (rule !== null && [rule.to].flat().includes(to));
}

function rowOf({ document, rule }: PlaceInTable, around: Surroundings, week: SevenDays): RuleRow {
  const { reading, ...head } = document;
  const { source, place, problem } = reading;
  if (rule === null) return { document: head, source, place, problem, rule: null };
  const { key } = head;
  const project = rule.issue?.project ?? null;
  const to = [...new Set([rule.to].flat())].map((name) => ({
    name,
    health: healthOfTo(around, name, { key, place, project }),
  }));
  const sent = week.ofRule(key, rule.name);
  return { document: head, source, place, problem, rule: { is: rule, to, sent } };
}

function statesOf({ problem, rule }: RuleRow): Set<RuleState> {
  if (rule === null) return new Set(problem === null ? [] : ["broken"]);
  const { is, to, sent } = rule;
  const isOn = is.enabled !== false;
  const isAny = (...healths: Health["is"][]): boolean =>
    to.some(({ health }) => healths.includes(health.is));
  const all: [RuleState, boolean][] = [
    ["on", isOn],
    ["off", !isOn],
    ["shadow", is.mode === "shadow"],
    ["paused", isAny("paused")],
    [
      "unused",
      to.some(({ name, health }) => health.is === "unused" && !isReservedDestination(name)),
    ],
    ["quiet", isOn && is.mode !== "shadow" && sent.delivered === 0],
    ["broken", isAny("missing", "unusable")],
  ];
  return new Set(all.flatMap(([state, holds]) => (holds ? [state] : [])));
}
