import { readFolder, type FileProblem, type FolderDocument } from "../../folder/read-folder.ts";
import { DOCUMENT_PREFIXES } from "../../publishing/document-kind.ts";

/** What a configuration folder holds. */
export type Documents = {
  /** In the order of their keys. */
  documents: FolderDocument[];
  /** What is where documents are, and cannot be read. */
  problems: FileProblem[];
  /** YAML files elsewhere, a CI's own for example: they are nobody's business here. */
  others: string[];
};

/** Reads the documents of a configuration folder, as far as they can be read. */
export function readDocuments(dir: string): Documents {
  const { documents, problems } = readFolder(dir);
  const files = [...documents, ...problems].map(({ file }) => file);
  return {
    documents: documents.filter(({ file }) => isAmongDocuments(file)),
    problems: problems.filter(({ file }) => isAmongDocuments(file)),
    others: [...new Set(files)].filter((file) => !isAmongDocuments(file)),
  };
}

/** Also of the places themselves, which may be links. */
function isAmongDocuments(file: string): boolean {
  return DOCUMENT_PREFIXES.some((prefix) => `${file}/`.startsWith(prefix));
}
