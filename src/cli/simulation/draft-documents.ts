import type { DraftDocument } from "../../simulation/draft-configuration.ts";
import { readDocuments } from "../configuration/read-documents.ts";
import type { AdminApi } from "../worker/admin-api.ts";
import { publishedDocuments } from "../worker/published-documents.ts";

type Published = { key: string; text: string };

/** The documents of a folder; a file that cannot be read is one that cannot be used. */
export function documentsOfFolder(dir: string): DraftDocument[] {
  const { documents, problems } = readDocuments(dir);
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
  return (await publishedDocuments<Published>(api)).map(({ key, text }) => ({ key, text }));
}

/** A folder's documents, and beside them those of the Worker that the folder does not have. */
export async function withLiveDocuments<T extends { key: string }>(
  api: AdminApi,
  documents: T[],
): Promise<(T | Published)[]> {
  const known = new Set(documents.map(({ key }) => key));
  return [...documents, ...(await liveDocuments(api)).filter(({ key }) => !known.has(key))];
}
