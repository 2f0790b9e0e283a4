import type { FolderDocument } from "../../folder/read-folder.ts";
import { documentKind } from "../../publishing/document-kind.ts";
import { documentProblems } from "../../publishing/document-problems.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";
import { readDocuments, type Documents } from "./read-documents.ts";

/** The documents of a folder, each of which can be used; a {@link Refusal} names whatever cannot. */
export function usableDocuments(dir: string): FolderDocument[] {
  const read = readDocuments(dir);
  const faults = read.documents.flatMap(({ key, text, file, positionOf }) =>
    documentProblems(key, text).map(({ path, message }) => {
      const { line, column } = positionOf(path);
      return `${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`;
    }),
  );
  return refuseFaulty(read, [...unreadable(read), ...faults]);
}

/**
 * The documents of a folder, each of which can be read and has a key that something reads; a
 * {@link Refusal} names every file of which that is not so. What they say may still be of no use.
 */
export function readableDocuments(dir: string): Documents {
  const read = readDocuments(dir);
  const misnamed = read.documents
    .filter(({ key }) => documentKind(key) === null)
    .map(({ file }) => `${file}: nothing reads a document of this name.`);
  refuseFaulty(read, [...unreadable(read), ...misnamed]);
  return read;
}

function unreadable({ problems }: Documents): string[] {
  return problems.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

function refuseFaulty({ documents }: Documents, faults: string[]): FolderDocument[] {
  if (faults.length === 0) return documents;
  throw new Refusal(
    "unusable_documents",
    `Nothing was done, for these files cannot be used as they are:\n${faults.map((fault) => `  ${fault}`).join("\n")}\n"causeway lint" shows all there is to put right.`,
    EXIT.found,
    { problems: faults },
  );
}
