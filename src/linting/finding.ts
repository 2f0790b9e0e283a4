/** A document as it stands under its key; `text` is JSON. */
export type LintedDocument = { key: string; text: string };

/** What kinds of mistakes there are. Scripts may rely on the names; docs/linting.md explains each. */
export const CODES = [
  "yaml",
  "not-json",
  "schema",
  "unknown-key",
  "not-supported",
  "duplicate-rule-name",
  "template",
  "condition",
  "impossible",
  "unread-key",
  "unknown-type",
  "never-matches",
  "shadowed-rule",
  "idle-mapping",
  "unknown-destination",
  "unused-destination",
  "address-in-clear",
  "shared-target",
  "shared-across-groups",
  "confidential-to-open",
  "unknown-field",
  "single-braces",
  "other-kind",
  "never-there",
  "undeclared-variable",
  "unfilled-variable",
  "unused-words",
  "mentions-everybody",
  "unknown-person",
  "duplicate-person",
  "placeholder",
] as const;

export type Code = (typeof CODES)[number];

/** Something in a document that is wrong (`error`) or looks it (`warning`). */
export type Finding = {
  /** The document's key. */
  key: string;
  /** Where in it, such as `rules[1].when.if`; "" for the document as a whole. */
  path: string;
  severity: "error" | "warning";
  code: Code;
  /** What is wrong and what to do, in a sentence. */
  message: string;
};
