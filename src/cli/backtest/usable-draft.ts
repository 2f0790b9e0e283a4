import type { CompiledMapping } from "../../mappings/compile-mapping.ts";
import { parseDestination, parseMapping, parsePerson } from "../../mappings/parse-document.ts";
import { readFolder, type FolderDocument } from "../../folder/read-folder.ts";
import { documentKind } from "../../publishing/document-kind.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** A folder all of whose documents can be used. */
type UsableDraft = {
  documents: { key: string; text: string }[];
  mappings: CompiledMapping[];
};

/** Reads a folder, and refuses one with a document that could not be published. */
export function usableDraft(dir: string): UsableDraft {
  const { documents, problems } = readFolder(dir);
  const mappings: CompiledMapping[] = [];
  const found = [
    ...problems.map(({ file, line, message }) => `${file}:${line}: ${message}`),
    ...documents.flatMap((document) => mistakesIn(document, mappings)),
  ];
  if (found.length === 0) {
    return { documents: documents.map(({ key, text }) => ({ key, text })), mappings };
  }
  throw new Refusal(
    "unusable_documents",
    `Nothing was run, for these documents cannot be used:\n${found.map((line) => `  ${line}`).join("\n")}`,
    EXIT.usage,
  );
}

function mistakesIn(
  { key, text, file, positionOf }: FolderDocument,
  mappings: CompiledMapping[],
): string[] {
  const parsed = parse(key, text, mappings);
  if (parsed === null || parsed.ok) return [];
  return parsed.problems.map(
    ({ path, message }) =>
      `${file}:${positionOf(path).line}: ${path === "" ? "" : `${path}: `}${message}`,
  );
}

function parse(key: string, text: string, mappings: CompiledMapping[]) {
  const kind = documentKind(key);
  switch (kind) {
    case "gitlab mapping":
    case "slack mapping": {
      const parsed = parseMapping(key, text);
      if (parsed.ok) mappings.push(parsed.value);
      return parsed;
    }
    case "destination":
      return parseDestination(key, text);
    case "person":
      return parsePerson(key, text);
    case null:
      return null;
  }
}
