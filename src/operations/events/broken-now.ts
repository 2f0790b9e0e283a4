import { oneLine } from "../../words/one-line.ts";
import type { ProblemItem } from "../overview/problems.ts";

/**
 * Says that a mapping cannot be used as it is published now, and which copy of it is used: the rules that an
 * event's page shows are that one's, and whoever looks at the document does not see them. Null: it can be used.
 */
export function brokenNow(mapping: string, problems: ProblemItem[]): string | null {
  const found = problems.flatMap(({ documents }) => documents).find(({ key }) => key === mapping);
  if (found === undefined) return null;
  const problem = oneLine(found.problem, 200).replace(/\.$/, "");
  return `As it is published now it cannot be used: ${problem}. These are the rules of ${found.using}.`;
}
