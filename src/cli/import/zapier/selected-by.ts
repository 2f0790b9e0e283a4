import { gitlabField } from "./gitlab-fields.ts";
import { readCriteria, type Criteria } from "./read-criteria.ts";
import type { Step, Zap } from "./read-zaps.ts";
import { celOfAll, selectionOf, type FieldOf, type Selection } from "./selection-of.ts";
import { isOfTrigger, isShort } from "./words-of.ts";

/** What the filters and paths among these steps let through. */
export function selectedBy(steps: Step[], zap: Zap): Selection {
  const fieldOf = fieldsOf(zap);
  const filters: Criteria[] = [];
  const expressions: string[] = [];
  for (const step of steps.filter(({ isFilter }) => isFilter)) {
    const criteria = readCriteria(step);
    const isFallback =
      step.app === "paths" && criteria.anyOf.length === 0 && criteria.unread.length === 0;
    const otherwise = isFallback ? noneBeside(step, zap, fieldOf) : "";
    if (otherwise === null) filters.push({ anyOf: [], unread: ["a fallback path"] });
    else if (otherwise !== "") expressions.push(otherwise);
    filters.push(criteria);
  }
  return selectionOf(filters, fieldOf, expressions);
}

/** A path without conditions is for what none of the paths beside it wants; null when that cannot be said. */
function noneBeside(step: Step, zap: Zap, fieldOf: FieldOf): string | null {
  const beside = [...zap.steps.values()]
    .filter((other) => other !== step && other.parent === step.parent && other.isFilter)
    .map((other) => readCriteria(other))
    .filter(({ anyOf, unread }) => anyOf.length > 0 || unread.length > 0)
    .map((criteria) => celOfAll(criteria, fieldOf));
  if (beside.includes(null)) return null;
  return beside.map((said) => `!(${said})`).join(" && ");
}

function fieldsOf(zap: Zap): FieldOf {
  return ({ of }) => (isOfTrigger(of, zap) ? gitlabField(of.path, isShort(zap)) : null);
}
