import { readFolder, type FolderDocument } from "../../folder/read-folder.ts";
import { DOCUMENT_PREFIXES, documentKind } from "../../publishing/document-kind.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/**
 * The documents of a configuration folder by key. Throws a {@link Refusal} that names every file which
 * cannot be read; files elsewhere than where documents are, a CI's own for example, are left alone.
 */
export function readLocal({ terminal }: Context, dir: string): Map<string, FolderDocument> {
  const { documents, problems } = readFolder(dir);
  const faults = [
    ...problems
      .filter(({ file }) => isBelow(file))
      .map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...documents
      .filter(({ key }) => isBelow(key) && documentKind(key) === null)
      .map(({ file }) => `${file}: nothing reads a document of this name.`),
  ];
  if (faults.length > 0) {
    throw new Refusal(
      "unreadable_files",
      `These files cannot be used as they are:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
      EXIT.refused,
      faults,
    );
  }
  const others = documents.filter(({ key }) => !isBelow(key)).map(({ file }) => file);
  if (others.length > 0) {
    const which = others.slice(0, 3).join(", ") + (others.length > 3 ? " …" : "");
    terminal.note(`Not in mapping/, destination/ or person/, and so left out: ${which}`);
  }
  return new Map(documents.filter(({ key }) => isBelow(key)).map((each) => [each.key, each]));
}

function isBelow(path: string): boolean {
  return DOCUMENT_PREFIXES.some((prefix) => path.startsWith(prefix));
}
