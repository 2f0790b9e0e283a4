import { EVENT_CATALOGUE } from "../../gitlab/event-catalogue.ts";
import { glob, isGlob } from "../../mappings/glob.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import { GITLAB_TYPES, KIND_FACTS, SLACK_KINDS } from "../event-kinds.ts";
import type { Finding } from "../finding.ts";
import { canMeet } from "../globs.ts";
import { inList } from "../in-list.ts";
import { EMOJI_ALIASES } from "../../slack/emoji-aliases.ts";
import type { Draft } from "../draft.ts";

/** What people call the kinds elsewhere. */
const OTHER_NAMES: Record<string, string> = {
  build: "job",
  comment: "note",
  mr: "merge_request",
  pr: "merge_request",
  pull_request: "merge_request",
  tag: "tag_push",
  wiki: "wiki_page",
};

/** And the actions; the first that the kind has is meant. */
const OTHER_ACTIONS: Record<string, string[]> = {
  created: ["open", "create"],
  new: ["open", "create"],
  create: ["open", "add"],
  add: ["create"],
  opened: ["open"],
  closed: ["close"],
  reopened: ["reopen"],
  merged: ["merge"],
  deleted: ["delete", "destroy", "remove"],
  delete: ["destroy", "remove"],
  edited: ["update"],
  updated: ["update"],
  passed: ["success"],
  succeeded: ["success"],
  failure: ["failed"],
  error: ["failed"],
};

/** Types that nothing GitLab sends has, as far as is known. What GitLab adds later cannot be known. */
export function unknownTypes({ mappings }: Draft): Finding[] {
  return mappings
    .filter(({ source }) => source === "gitlab")
    .flatMap(({ key, rules }) =>
      rules.flatMap(({ at, rule }) =>
        [rule.on].flat().flatMap((written): Finding[] => {
          const type = written.toLowerCase();
          if (GITLAB_TYPES.some((known) => canMeet(type, known))) return [];
          const said = hint(type);
          const message = `GitLab sends nothing of the type "${written}", as far as Causeway knows.${said}`;
          return [
            {
              key,
              path: inList(`${at}.on`, rule.on, written),
              // A word that is near to none may be one that GitLab has come up with since.
              severity: said.includes("?") || said.includes("mapping/slack") ? "error" : "warning",
              code: "unknown-type",
              message,
            },
          ];
        }),
      ),
    );
}

/** Globs that stand for another name of an emoji than the one that events have. */
export function emojiAliases({ mappings }: Draft): Finding[] {
  return mappings
    .filter(({ source }) => source === "slack")
    .flatMap(({ key, rules }) =>
      rules.flatMap(({ at, rule }) =>
        [rule.on].flat().flatMap((written): Finding[] => {
          const [, pattern] = /^reaction(?:_removed)?\.(.*[*?].*)$/i.exec(written) ?? [];
          if (pattern === undefined) return [];
          const found = aliasMeant(pattern);
          if (found === null) return [];
          const message = `:${found.alias}: is called ${found.name} here, whichever of its names is used, and the glob does not match that. Write ${written.split(".", 1)[0]}.${found.name}.`;
          const path = inList(`${at}.on`, rule.on, written);
          return [{ key, path, severity: "warning", code: "unknown-type", message }];
        }),
      ),
    );
}

function aliasMeant(pattern: string): { alias: string; name: string } | null {
  const matches = glob(pattern);
  for (const [name = "", ...aliases] of EMOJI_ALIASES.map((names) => names.split(" "))) {
    const alias = aliases.find(matches);
    if (alias !== undefined && !matches(name)) return { alias, name };
  }
  return null;
}

function hint(type: string): string {
  const [kind = "", ...rest] = type.split(".");
  const action = rest.join(".");
  if (SLACK_KINDS.includes(kind) && kind !== "unknown") {
    return " It happens in Slack: rules for that are in mapping/slack/<channel id>.";
  }
  const name = Object.hasOwn(OTHER_NAMES, kind) ? (OTHER_NAMES[kind] ?? kind) : kind;
  const known = EVENT_CATALOGUE.find((each) => each.kind === name);
  if (known === undefined) return suggestion(type, isGlob(kind) ? [] : alike(action));
  if (action === "") return ` Did you mean "${name}.*"?`;
  const actions = Object.keys(known.actions);
  const meant = OTHER_ACTIONS[action]?.find((each) => actions.includes(each));
  if (meant !== undefined) return ` Did you mean "${name}.${meant}"?`;
  if (actions.some((each) => canMeet(action, each))) return ` Did you mean "${name}.${action}"?`;
  const near = suggestion(action, actions).replace(/"(.*)"/, `"${name}.$1"`);
  return near === "" ? ` There are ${actions.map((each) => `${name}.${each}`).join(", ")}.` : near;
}

/** Types to choose from where the kind is misspelt. */
function alike(action: string): string[] {
  if (action !== "" && !isGlob(action)) return GITLAB_TYPES;
  return Object.keys(KIND_FACTS).map((kind) => `${kind}.${action === "" ? "*" : action}`);
}
