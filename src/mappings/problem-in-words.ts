import { pathInWords } from "./path-in-words.ts";
import type { Problem } from "./problems.ts";

/** What is wrong with a document (its JSON), and where: `to of the rule "New issues": there is no …`. */
export function problemInWords({ path, message }: Problem, json: string): string {
  return path === "" ? message : `${pathInWords(path, json)}: ${message}`;
}
