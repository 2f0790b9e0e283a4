import { createHash } from "node:crypto";

/** What tells one text of a document from another: the first half of its SHA-256, in quotes as HTTP has it. */
export function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
}
