import { capital } from "./capital.ts";
import { ruleInWords } from "../mappings/rule-in-words.ts";

/**
 * What happened, as a sentence: `An issue is closed`. `types` are those of one event, GitLab's own first;
 * one that nobody knows is said as it is.
 */
export function typesInWords(types: string[]): string {
  // What an update really was says more than that it was one.
  const telling = types.filter((type) => !type.endsWith(".update"));
  const [on = "unknown"] = telling.length > 0 ? telling : types;
  const said = ruleInWords({ name: "", on, to: [] });
  if (!said.startsWith("when ")) return on;
  return capital(said.slice(5));
}
