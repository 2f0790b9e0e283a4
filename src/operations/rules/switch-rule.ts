import type { Env } from "../../env.ts";
import { readMapping } from "../../mappings/parse-document.ts";
import { sayProblems } from "../../mappings/problems.ts";
import type { Rule } from "../../mappings/schema.ts";
import { setInJson, takeFromJson } from "../../publishing/edit-json.ts";
import type { PresentDocument } from "../../publishing/present-document.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { changeDocument } from "../publishing/change-document.ts";

/** Which rule is to be switched, by whom. `etag`: of the mapping that the person saw. */
export type Switching = { key: string; rule: string; etag: string; on: boolean; by: string };

/** What became of it. */
export type Switched =
  | { status: "switched"; rule: Rule }
  /** It is as it should be; nothing was published. */
  | { status: "already"; rule: Rule }
  /** Somebody changed the mapping meanwhile; `rule` as it is now, null: there is none of that name. */
  | { status: "conflict"; document: PresentDocument; rule: Rule | null }
  | { status: "gone" }
  | { status: "refused"; message: string };

/**
 * Switches one rule on or off: `enabled: false` in the mapping as it is published, or no such key, to the
 * letter nothing else, and publishes that. A rule that is so already stays as it is, whoever made it so.
 */
export async function switchRule(env: Env, switching: Switching): Promise<Switched> {
  const { key, etag, on, by } = switching;
  const publisher = env.RELAY.getByName(PUBLISHER);
  const found = await publisher.document(key);
  if (!found.ok) return { status: "refused", message: found.message };
  const { document } = found;
  if (document === null) return { status: "gone" };
  const read = readMapping(key, document.text);
  if (!read.ok) {
    const message = `${key} cannot be used: ${sayProblems(read.problems)} Correct it first.`;
    return { status: "refused", message };
  }
  const { rules } = read.value;
  const [index, other] = rules.flatMap(({ name }, at) => (name === switching.rule ? [at] : []));
  if (other !== undefined) {
    const message = `${key} has two rules "${switching.rule}". Give one of them another name first.`;
    return { status: "refused", message };
  }
  const rule = index === undefined ? undefined : rules[index];
  if (rule === undefined || index === undefined) {
    return { status: "conflict", document, rule: null };
  }
  if ((rule.enabled !== false) === on) return { status: "already", rule };
  if (document.etag !== etag) return { status: "conflict", document, rule };
  // A rule that says nothing of it is on.
  const changed = on
    ? takeFromJson(document.text, ["rules", index], "enabled")
    : setInJson(document.text, ["rules", index, "enabled"], false);
  const why = `switched "${rule.name}" ${on ? "on" : "off"} in the console`;
  const answer = await changeDocument(env, { key, text: changed, ifMatch: etag, by, why });
  switch (answer.is) {
    case "published":
      return { status: "switched", rule };
    case "conflict":
      // Between reading and publishing: as if it had been seen at once.
      return await switchRule(env, switching);
    case "refused":
      return { status: "refused", message: answer.why.join(" ") };
  }
}
