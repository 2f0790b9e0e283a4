import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { lintDocuments } from "../../linting/lint-documents.ts";
import type { Finding, LintedDocument } from "../../linting/finding.ts";
import { mappingKeys, sourceOfMapping, pathOfMapping } from "../../mappings/mapping-keys.ts";
import { documentProblems } from "../../publishing/document-problems.ts";

/** What is wrong with a draft; `refused`: as it is it cannot be published. */
export type CheckedDraft = { findings: Finding[]; refused: boolean };

/**
 * What is wrong with a document that somebody writes, in itself and among those that are published:
 * in the words of `causeway lint`, errors first. `alertsTo`: what the setting `ALERTS_TO` names.
 */
export function checkDraft(
  draft: LintedDocument,
  published: LintedDocument[],
  alertsTo: string[],
): CheckedDraft {
  const refusals = documentProblems(draft.key, draft.text);
  const around = published
    .filter(({ key }) => key !== draft.key)
    .flatMap((each) => seenFrom(draft, each));
  const found = lintDocuments([...around, draft], alertsTo).filter(({ key }) => key === draft.key);
  const said = new Set(found.map(({ path, message }) => `${path} ${message}`));
  const unsaid = refusals
    .filter(({ path, message }) => !said.has(`${path} ${message}`))
    .filter(() => !found.some(({ severity }) => severity === "error"))
    .map((problem): Finding => ({ key: draft.key, severity: "error", code: "schema", ...problem }));
  const findings = [...unsaid, ...found];
  return {
    findings: findings.toSorted(
      (a, b) => Number(a.severity !== "error") - Number(b.severity !== "error"),
    ),
    refused: refusals.length > 0,
  };
}

/**
 * What of a published document can matter to what is said of the draft: to read all rules of all mappings
 * takes seconds where there are thousands.
 */
function seenFrom(draft: LintedDocument, document: LintedDocument): LintedDocument[] {
  const { key, text } = document;
  if (!key.startsWith("mapping/")) return [document];
  if (draft.key.startsWith(DESTINATIONS)) {
    const name = draft.key.slice(DESTINATIONS.length);
    return text.includes(JSON.stringify(name)) ? [{ key, text: tellingOnly(name) }] : [];
  }
  if (!draft.key.startsWith("mapping/")) return [];
  const source = sourceOfMapping(draft.key);
  if (sourceOfMapping(key) !== source) return [];
  const path = pathOfMapping(draft.key);
  const isAbove = mappingKeys(source, path).includes(key);
  const isSame = key.toLowerCase() === draft.key.toLowerCase();
  // Of those below only what a condition on the project names is looked into.
  const isNamed = (path === "*" || isBelow(key, draft.key)) && isIn(draft.text, pathOfMapping(key));
  return isAbove || isSame || isNamed ? [document] : [];
}

/** A mapping that does nothing but use a destination. */
function tellingOnly(name: string): string {
  return JSON.stringify({ rules: [{ name: "uses it", on: "issue.open", to: name }] });
}

function isBelow(key: string, group: string): boolean {
  return key.toLowerCase().startsWith(`${group.toLowerCase()}/`);
}

function isIn(text: string, words: string): boolean {
  return text.toLowerCase().includes(words.toLowerCase());
}
