import { documentKind } from "../../publishing/document-kind.ts";

/**
 * The file of a document within a configuration folder; null where it would lie outside of it, or
 * where it would not be read back as this document.
 */
export function fileOf(key: string): string | null {
  if (documentKind(key) === null || /[\\\p{Cc}]/u.test(key)) return null;
  const isSafe = key.split("/").every((part) => part !== "" && !part.startsWith("."));
  return isSafe ? `${key}.yaml` : null;
}
