import type { Env } from "../../env.ts";
import { hideAddresses } from "../../publishing/hidden-address.ts";
import { problemInWords } from "../../mappings/problem-in-words.ts";
import type { Change } from "../../publishing/publish.ts";
import { readSettings } from "../../settings.ts";
import { checkDraft } from "../drafts/check-draft.ts";
import { publishedTexts } from "./published-texts.ts";

/** The errors of a document that did not keep it from being published, in words. */
export type ErrorsLeft = { key: string; errors: string[] };

/** Those of the documents of a publish that are still as it made them. */
export async function errorsLeft(env: Env, changes: Change[]): Promise<ErrorsLeft[]> {
  const { items } = await publishedTexts(env);
  const present = new Map(items.map(({ key, text }) => [key, text]));
  const { alertsTo } = readSettings(env);
  return changes.flatMap(({ key, after }) => {
    const text = present.get(key);
    if (after === null || text === undefined || text !== hideAddresses(after)) return [];
    const errors = checkDraft({ key, text }, items, alertsTo)
      .findings.filter(({ severity }) => severity === "error")
      .map((finding) => problemInWords(finding, text));
    return errors.length === 0 ? [] : [{ key, errors }];
  });
}
