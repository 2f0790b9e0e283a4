import { KIND_FACTS, kindsOf, type WhenField } from "./event-kinds.ts";
import type { GlobForms } from "./glob-forms.ts";
import { canMeet } from "./globs.ts";
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
  const states = statesOf(on);
  const wanted = [...any, ...all];
  if (
    field === "status" &&
    states !== null &&
    !wanted.some((word) => states.some((state) => canMeet(word, state)))
  ) {
    return [`it can never hold: the status of ${types} is ${states.join(" or ")}.`];
  }
  if (
    field === "project" &&
    path !== "*" &&
    !wanted.some((word) => canMeet(word, path) || canMeet(word, `${path}/*`))
  ) {
    return [`it can never hold: the mapping is for ${path} and what is below it.`];
  }
  return null;
}

/** The statuses that pipelines and jobs of these types have; null: that is not known. */
function statesOf(on: string[]): string[] | null {
  const derived: Record<string, string> = { broken: "failed", fixed: "success" };
  const states = on.map((type) => {
    const [kind = "", action = ""] = type.split(".");
    if ((kind !== "pipeline" && kind !== "job") || /[*?]/.test(action) || action === "")
      return null;
    return Object.hasOwn(derived, action) ? (derived[action] ?? action) : action;
  });
  return states.some((state) => state === null) ? null : [...new Set(states.map(String))];
}
