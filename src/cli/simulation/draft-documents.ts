import { readFolder } from "../../folder/read-folder.ts";
import type { DraftDocument } from "../../simulation/draft-configuration.ts";
import type { AdminApi } from "../worker/admin-api.ts";

type Published = { key: string; text: string };

/** The documents of a folder; a file that cannot be read is one that cannot be used. */
export function documentsOfFolder(dir: string): DraftDocument[] {
  const { documents, problems } = readFolder(dir);
  return [
    ...documents.map(({ key, text }) => ({ key, text })),
    ...problems.map(({ file, line, column, message }) => ({
      key: file.replace(/\.ya?ml$/, ""),
      problem: `${file}:${line}:${column}: ${message}`,
    })),
  ];
}

/** The documents that the Worker works by. */
export async function liveDocuments(api: AdminApi): Promise<Published[]> {
  const documents: Published[] = [];
  for await (const { key, text } of api.all<Published>("/documents?limit=500")) {
    documents.push({ key, text });
  }
  return documents;
}

/** A folder's documents, and beside them those of the Worker that the folder does not have. */
export async function withLiveDocuments<T extends { key: string }>(
  api: AdminApi,
  documents: T[],
): Promise<(T | Published)[]> {
  const known = new Set(documents.map(({ key }) => key));
  return [...documents, ...(await liveDocuments(api)).filter(({ key }) => !known.has(key))];
}
