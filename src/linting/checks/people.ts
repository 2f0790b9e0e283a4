import { distance } from "fastest-levenshtein";
import type { Source } from "../../mappings/mapping-keys.ts";
import { suggestion } from "../../mappings/suggestion.ts";
import type { Finding } from "../finding.ts";
import { globForms } from "../glob-forms.ts";
import { isGlob } from "../../mappings/glob.ts";
import type { Draft, DraftRule } from "../draft.ts";

const SLACK_ID = /^[UWSC][A-Z0-9]{5,30}$/;
/** Of shorter names another one is soon as near. */
const LONG_ENOUGH = 5;
const PERSON_FIELDS = ["actor", "author", "assignee", "reviewer"] as const;

/** People whom a template mentions by a username that nobody is known by in Slack. */
export function unknownPeople({ mappings, people }: Draft): Finding[] {
  const known = [...people.keys()].map((username) => username.toLowerCase());
  const ids = new Map([...people].map(([name, person]) => [name.toLowerCase(), person?.slack]));
  return mappings.flatMap(({ key, source, rules }) =>
    rules.flatMap((rule) => {
      const mentions = rule.templates.flatMap(({ path, mentioned }) =>
        mentioned.flatMap((name) => {
          const message = whyNotMentioned(name, source, known, ids.get(name.toLowerCase()));
          return message === null ? [] : [{ path, message }];
        }),
      );
      return [...mentions, ...misspelt(rule, known)].map(({ path, message }): Finding => ({
        key,
        path,
        severity: "warning",
        code: "unknown-person",
        message,
      }));
    }),
  );
}

/** Why a name that stands in a template mentions nobody; null: it does. */
function whyNotMentioned(
  name: string,
  source: Source,
  known: string[],
  id: string | undefined,
): string | null {
  if (SLACK_ID.test(name) || (id !== undefined && source === "slack")) return null;
  const username = name.toLowerCase().replace(/^@/, "");
  if (id === undefined) {
    return `"${name}" mentions nobody: there is no person/${username}.${suggestion(username, known)} Write a Slack id such as "U0123456789", or add the document.`;
  }
  return `"${name}" is mentioned only where the event is about that person too. Write the Slack id: "${id}".`;
}

/** Conditions on a username that differs in one letter from somebody who is known. */
function misspelt({ at, rule }: DraftRule, known: string[]): { path: string; message: string }[] {
  return PERSON_FIELDS.flatMap((field) => {
    const globs = rule.when?.[field];
    if (globs === undefined) return [];
    return Object.values(globForms(globs))
      .flat()
      .flatMap((written) => {
        const name = written.toLowerCase();
        if (isGlob(name) || name.length < LONG_ENOUGH || known.includes(name)) return [];
        const near = known.find((each) => distance(each, name) === 1);
        if (near === undefined) return [];
        const message = `there is a person/${near}, and none of the name "${written}". Did you mean "${near}"?`;
        return [{ path: `${at}.when.${field}`, message }];
      });
  });
}

/** Two people who are one in Slack: who of them is meant there is anybody's guess. */
export function samePerson({ people }: Draft): Finding[] {
  const first = new Map<string, string>();
  return [...people].flatMap(([username, person]): Finding[] => {
    if (person === null) return [];
    const other = first.get(person.slack);
    if (other === undefined) first.set(person.slack, username);
    if (other === undefined || other.toLowerCase() === username.toLowerCase()) return [];
    return [
      {
        key: `person/${username}`,
        path: "slack",
        severity: "warning",
        code: "duplicate-person",
        message: `person/${other} has the same Slack id: Causeway cannot tell who of the two somebody in Slack is.`,
      },
    ];
  });
}
