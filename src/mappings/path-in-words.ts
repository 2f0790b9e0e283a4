/** Where in a document (its JSON) a path leads: `rules[0].when` → `when of the rule "New issues"`. */
export function pathInWords(path: string, json: string): string {
  const [, index = "", rest = ""] = /^rules\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  if (index === "") return path;
  const name = nameOfRule(json, Number(index));
  const rule = name === null ? `rule ${Number(index) + 1}` : `the rule "${name}"`;
  return rest === "" ? rule : `${rest} of ${rule}`;
}

function nameOfRule(json: string, index: number): string | null {
  const { rules } = JSON.parse(json) as { rules?: unknown };
  const rule: unknown = Array.isArray(rules) ? rules[index] : null;
  return typeof rule === "object" &&
    rule !== null &&
    "name" in rule &&
    typeof rule.name === "string"
    ? rule.name
    : null;
}
