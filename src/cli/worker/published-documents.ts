import type { AdminApi } from "./admin-api.ts";

/** All documents that are published, page by page: of each what `GET /documents` says of it. */
export async function publishedDocuments<T extends { key: string }>(api: AdminApi): Promise<T[]> {
  const documents: T[] = [];
  for await (const document of api.all<T>("/documents?limit=500")) documents.push(document);
  return documents;
}
