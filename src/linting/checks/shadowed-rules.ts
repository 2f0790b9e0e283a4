import { mappingKeys } from "../../mappings/mapping-keys.ts";
import type { Globs, Rule } from "../../mappings/schema.ts";
import type { Finding } from "../finding.ts";
import { globForms } from "../glob-forms.ts";
import { isGlob } from "../../mappings/glob.ts";
import { isCovered } from "../globs.ts";
import { inList } from "../in-list.ts";
import type { Draft, DraftMapping, DraftRule } from "../draft.ts";

/** A rule that is asked earlier, and the mapping that it stands in. */
type Earlier = { mapping: DraftMapping; rule: DraftRule };

/** Rules that can never send to a destination, because an earlier one always reaches it first. */
export function shadowedRules({ mappings }: Draft): Finding[] {
  const byKey = new Map(mappings.map((mapping) => [mapping.key, mapping]));
  return mappings.flatMap((mapping) =>
    mapping.rules.flatMap((rule, index) => {
      if (rule.rule.enabled === false) return [];
      const within = mapping.rules.slice(0, index).map((each) => ({ mapping, rule: each }));
      const places = nearerMappings(mapping, rule, byKey);
      return findingsOf(
        mapping,
        rule,
        places.map((nearer) => earlierRules(nearer, within)),
      );
    }),
  );
}

/** In each place the earlier rules; null: the rule is not asked there at all. */
function findingsOf(
  mapping: DraftMapping,
  rule: DraftRule,
  places: (Earlier[] | null)[],
): Finding[] {
  const { key } = mapping;
  if (places.every((earlier) => earlier === null)) {
    const message = `it can never send: the mappings of the projects that it is for say inherit: false.`;
    return [{ key, path: rule.at, severity: "error", code: "shadowed-rule", message }];
  }
  const taken = rule.to.flatMap((name) => {
    const takers = places.map((earlier) =>
      earlier === null ? null : earlier.find((each) => takes(each.rule, rule, name)),
    );
    const [taker] = takers.filter((each) => each !== null);
    return taker === undefined || takers.includes(undefined) ? [] : [{ name, taker }];
  });
  const [first] = taken;
  if (first === undefined) return [];
  if (taken.length === rule.to.length) {
    const message = `it can never send: ${because(mapping, rule, first.taker, rule.to)}.`;
    return [{ key, path: rule.at, severity: "error", code: "shadowed-rule", message }];
  }
  return taken.map(({ name, taker }) => ({
    key,
    path: inList(`${rule.at}.to`, rule.rule.to, name),
    severity: "warning",
    code: "shadowed-rule",
    message: `it never sends to ${name}: ${because(mapping, rule, taker, [name])}.`,
  }));
}

function because(mapping: DraftMapping, rule: DraftRule, taker: Earlier, to: string[]): string {
  const place = taker.mapping === mapping ? "" : ` of ${taker.mapping.key}`;
  const reached = to.length === 1 ? to[0] : "the same destinations";
  const narrower = isNarrower(rule, taker.rule) ? "; put the narrower rule first" : "";
  return `the rule "${taker.rule.rule.name}"${place} is asked first, matches whatever this one matches, and reaches ${reached}${narrower}`;
}

function isNarrower({ rule, on }: DraftRule, earlier: DraftRule): boolean {
  return rule.when !== undefined || on.join() !== earlier.on.join();
}

/** Mappings that are asked before this one where the rule applies, for each place where that is certain. */
function nearerMappings(
  mapping: DraftMapping,
  { rule }: DraftRule,
  byKey: Map<string, DraftMapping>,
): DraftMapping[][] {
  const projects = rule.when?.project === undefined ? [] : globForms(rule.when.project).any;
  if (mapping.source === "slack" || projects.length === 0 || projects.some(isGlob)) return [[]];
  return projects.map((project) => {
    const keys = mappingKeys("gitlab", project);
    const nearer = keys.slice(0, Math.max(0, keys.indexOf(mapping.key)));
    return nearer.flatMap((key) => byKey.get(key) ?? []);
  });
}

function earlierRules(nearer: DraftMapping[], within: Earlier[]): Earlier[] | null {
  if (nearer.some(({ inherit }) => !inherit)) return null;
  const above = nearer.flatMap((mapping) => mapping.rules.map((rule) => ({ mapping, rule })));
  return [...above, ...within];
}

/** Whether an earlier rule reaches a destination whenever a later one matches. */
function takes(earlier: DraftRule, later: DraftRule, name: string): boolean {
  return (
    earlier.rule.enabled !== false &&
    earlier.to.includes(name) &&
    later.on.every((type) => earlier.on.some((wider) => isCovered(type, wider))) &&
    isImplied(earlier.rule, later.rule)
  );
}

/** Whether the conditions of one rule hold wherever those of the other do. */
function isImplied(earlier: Rule, later: Rule): boolean {
  if (earlier.who !== undefined && JSON.stringify(earlier.who) !== JSON.stringify(later.who)) {
    return false;
  }
  const { confidential, if: condition, ...fields } = earlier.when ?? {};
  if (confidential !== undefined && later.when?.confidential !== confidential) return false;
  if (condition !== undefined && later.when?.if?.trim() !== condition.trim()) return false;
  return Object.entries(fields).every(([name, globs]) =>
    globs === undefined ? true : areImplied(globs, later.when?.[name as keyof typeof fields]),
  );
}

function areImplied(earlier: Globs, later: Globs | undefined): boolean {
  const wanted = globForms(earlier);
  const given = later === undefined ? { any: [], all: [], none: [] } : globForms(later);
  const isIn = (words: string[]) => (word: string) => words.some((wider) => isCovered(word, wider));
  const anyHolds =
    wanted.any.length === 0 ||
    (given.any.length > 0 && given.any.every(isIn(wanted.any))) ||
    given.all.some(isIn(wanted.any));
  const alone = given.any.length === 1 ? given.any : [];
  const allHold = wanted.all.every((wide) =>
    [...given.all, ...alone].some((word) => isCovered(word, wide)),
  );
  return anyHolds && allHold && wanted.none.every(isIn(given.none));
}
