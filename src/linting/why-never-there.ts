import { suggestion } from "../mappings/suggestion.ts";
import type { WhenField } from "../mappings/schema.ts";
import { KIND_FACTS, kindsOf } from "./event-kinds.ts";
import type { GlobForms } from "./glob-forms.ts";
import { canMeet } from "./globs.ts";
import { possibleValues } from "./possible-values.ts";
import type { DraftMapping, DraftRule } from "./draft.ts";

/** Fields that only an update has anything in. */
const OF_UPDATES: WhenField[] = ["changed", "labels_removed"];

/** Why what a condition asks for is never there; null: it may be. */
export function whyNeverThere(
  { source, path }: DraftMapping,
  { on, rule }: DraftRule,
  field: WhenField,
  { any, all }: GlobForms,
): [message: string, severity?: "warning"] | null {
  if (source === "slack") {
    return field === "author" && on.every((type) => type === "member_joined")
      ? ["it can never hold: nobody who joins writes a message, so there is no author."]
      : null;
  }
  const kinds = kindsOf(on);
  const types = [rule.on].flat().join(", ");
  const lacking = (kinds ?? []).filter(
    (kind) => KIND_FACTS[kind]?.fields.includes(field) === false,
  );
  if (kinds !== null && lacking.length === kinds.length) {
    return [`it can never hold: events of ${types} have no ${field}.`];
  }
  if (lacking.length > 0) {
    return [
      `events of the kind ${lacking.join(", ")} have no ${field}, so none of them matches.`,
      "warning",
    ];
  }
  if (OF_UPDATES.includes(field) && on.every((type) => type.endsWith(".open"))) {
    return [`it can never hold: what was just opened has not changed, so there is no ${field}.`];
  }
  const possible = possibleValues(field, on);
  if (possible !== null && cannotHold({ any, all }, possible)) {
    return [
      `it can never hold: the ${field} of ${types} is ${possible.join(" or ")}.${suggestion(any[0] ?? all[0] ?? "", possible)}`,
    ];
  }
  const wanted = [...any, ...all];
  if (
    field === "project" &&
    path !== "*" &&
    !wanted.some((word) => canMeet(word, path) || canMeet(word, `${path}/*`))
  ) {
    return [`it can never hold: the mapping is for ${path} and what is below it.`];
  }
  return null;
}

/** Whether none of these values is what is asked for. */
function cannotHold({ any, all }: Pick<GlobForms, "any" | "all">, values: string[]): boolean {
  const isThere = (word: string): boolean => values.some((value) => canMeet(word, value));
  return (any.length > 0 && !any.some(isThere)) || !all.every(isThere);
}
