import type { Rule } from "../../mappings/schema.ts";
import { toInWords } from "../../mappings/to-in-words.ts";
import { KEPT_IN_GIT } from "../../words/kept-in-git.ts";
import { named } from "../../words/named.ts";
import type { Switched } from "./switch-rule.ts";

type Said = { kind: "good" | "info" | "bad"; text: string };

/** What happens from now on, for whoever switched a rule. */
export function switchedInWords(
  switched: Exclude<Switched, { status: "conflict" }>,
  key: string,
  on: boolean,
): Said {
  switch (switched.status) {
    case "switched":
      return { kind: "good", text: `${fromNowOn(switched.rule, on)} ${KEPT_IN_GIT}` };
    case "already": {
      const { name } = switched.rule;
      return { kind: "info", text: `“${name}” is switched ${on ? "on" : "off"} already.` };
    }
    case "gone":
      return { kind: "bad", text: `Nothing was switched: there is no ${key} any more.` };
    case "refused":
      return { kind: "bad", text: `Nothing was switched: ${switched.message}` };
  }
}

function fromNowOn({ name, to, mode }: Rule, on: boolean): string {
  if (!on) {
    return `“${name}” is switched off. From now on nothing is posted by it; what waits already is still sent.`;
  }
  return mode === "shadow"
    ? `“${name}” is switched on. It records what it would post, and sends nothing.`
    : `“${name}” is switched on. From now on it posts to ${named([to].flat().map(toInWords))}.`;
}
