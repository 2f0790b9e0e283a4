import type { FolderDocument } from "../../folder/read-folder.ts";
import { noteOthers } from "../configuration/note-others.ts";
import { readableDocuments } from "../configuration/usable-documents.ts";
import type { Context } from "../context.ts";

/** The documents of a configuration folder by key; says which files are left alone. */
export function readLocal({ terminal }: Context, dir: string): Map<string, FolderDocument> {
  const { documents, others } = readableDocuments(dir);
  noteOthers(terminal, others);
  return new Map(documents.map((each) => [each.key, each]));
}
