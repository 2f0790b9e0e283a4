import type { Phrase } from "./phrase.ts";

/** What is to be said of an event, before it is laid out as a card, a line or variables. */
export type Notice = {
  /** The name of an emoji that shows at a glance how it went; null: it went neither well nor badly. */
  sign: string | null;
  /** What happened, in the first words, with its subject linked. */
  headline: Phrase;
  /** Things to be listed one below the other: commits, failed jobs. */
  lines: Phrase[];
  /** How many more of them there are. */
  unlisted: number;
  /** What somebody wrote, in GitLab Markdown. */
  quote: string | null;
  /** The two or three facts that matter. */
  facts: Phrase[];
};

/** A notice that is its headline, unless more is said. */
export function notice(headline: Phrase, more: Partial<Omit<Notice, "headline">> = {}): Notice {
  return { sign: null, headline, lines: [], unlisted: 0, quote: null, facts: [], ...more };
}
