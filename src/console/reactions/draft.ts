import type { PreviewedAnswer } from "../../operations/reactions/preview-answer.ts";

/** What somebody has typed and is not published. */
export type Draft = {
  /** The rule that it is for; null: a new one. */
  rule: string | null;
  text: string;
  /** Of a new rule. */
  to: string;
  name: string;
  /** Why it was not published. */
  problems: string[];
  /** Who changed the rule meanwhile, and when (ISO 8601); null: nobody did. */
  theirs: { by: string | null; at: string | null } | null;
  preview: PreviewedAnswer | null;
};
