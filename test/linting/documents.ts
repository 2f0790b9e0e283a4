import type { LintedDocument } from "../../src/linting/lint-documents.ts";

/** Documents as KV would have them; a text stands for itself. */
export function documents(values: Record<string, unknown>): LintedDocument[] {
  return Object.entries(values).map(([key, value]) => ({
    key,
    text: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

export const TEAM = { type: "channel", channel: "C0000000001", confidential: true };
export const FLOW = { type: "workflow", url: "secret:FLOW_URL", variables: ["title", "owner"] };

/** A mapping of one rule that is right but for what is said here, and the destination that it needs. */
export function rule(words: object, key = "mapping/gitlab/acme/widgets"): Record<string, unknown> {
  return {
    [key]: { rules: [{ name: "A", on: "issue.open", to: "team", ...words }] },
    "destination/team": TEAM,
  };
}

/** A mapping of several rules, which are named A, B, C … */
export function rules(...words: object[]): Record<string, unknown> {
  const named = words.map((each, index) => ({
    name: String.fromCharCode(65 + index),
    on: "issue.open",
    to: "team",
    ...each,
  }));
  return { "mapping/gitlab/acme/widgets": { rules: named }, "destination/team": TEAM };
}
