import { lintDocuments, type Finding } from "../../linting/lint-documents.ts";

/** The documents as they are published, and as they would be. */
export type Sides = { before: ReadonlyMap<string, string>; after: ReadonlyMap<string, string> };

/**
 * What is wrong with documents that would be published: with those that change, and with others that
 * were right before. What was wrong already and is left as it is keeps nobody from publishing.
 */
export function faultsOf({ before, after }: Sides): Finding[] {
  const known = new Set(lintDocuments(listed(before)).map(nameOf));
  return lintDocuments(listed(after)).filter(
    (finding) => before.get(finding.key) !== after.get(finding.key) || !known.has(nameOf(finding)),
  );
}

function listed(documents: ReadonlyMap<string, string>): { key: string; text: string }[] {
  return [...documents]
    .map(([key, text]) => ({ key, text }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function nameOf({ key, path, code, message }: Finding): string {
  return [key, path, code, message].join("\n");
}
