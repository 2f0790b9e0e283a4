import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { SLACK_MAPPINGS } from "../../mappings/mapping-keys.ts";
import { SLACK_FILTERS } from "../../messages/templates/slack-filters.ts";
import { LIQUID_FILTERS } from "../../messages/templates/liquid-filters.ts";
import { rulesIn } from "../../linting/rules-in.ts";

/** The words that the editor offers and that only the Worker knows. */
export type EditorWords = {
  destinations: string[];
  people: string[];
  /** Names of emoji that rules are about. */
  emoji: string[];
  /** Filters of templates. */
  filters: string[];
};

/** The words of what is published. */
export function editorWords(published: { key: string; text: string }[]): EditorWords {
  const below = (prefix: string): string[] =>
    published
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key }) => key.slice(prefix.length));
  const emoji = published
    .filter(({ key }) => key.startsWith(SLACK_MAPPINGS))
    .flatMap(({ text }) => rulesIn(text).flatMap(emojiIn));
  return {
    destinations: below(DESTINATIONS),
    people: below("person/"),
    emoji: [...new Set(emoji)].toSorted(),
    filters: Object.keys({ ...LIQUID_FILTERS, ...SLACK_FILTERS }).toSorted(),
  };
}

function emojiIn(rule: unknown): string[] {
  const on: unknown = (rule as { on?: unknown } | null)?.on;
  return [on].flat().flatMap((type) => {
    const name =
      typeof type === "string" ? /^reaction(?:_removed)?\.([\w+-]+)$/.exec(type)?.[1] : null;
    return name == null ? [] : [name];
  });
}
