import { parseDestination, parseMapping, parsePerson } from "../mappings/parse-document.ts";
import type { Problem } from "../mappings/problems.ts";
import { documentKind, mayStandAmongDocuments } from "./document-kind.ts";

/** A Relay keeps a document in a row of SQLite, which has at most 2 MB. */
const MAX_BYTES = 1_000_000;

/** What keeps a document from being published; a removal (null) may also take away what no kind of document is. */
export function documentProblems(key: string, text: string | null): Problem[] {
  const kind = documentKind(key);
  if (text === null) {
    return mayStandAmongDocuments(key) ? [] : [noDocument(key)];
  }
  if (kind === null) return [noDocument(key)];
  if (Buffer.byteLength(text) > MAX_BYTES) {
    return [{ path: "", message: "the document is larger than 1 MB." }];
  }
  if (!text.isWellFormed()) {
    return [{ path: "", message: "the document has half a character, which KV cannot keep." }];
  }
  const parsed = (() => {
    switch (kind) {
      case "gitlab mapping":
      case "slack mapping":
        return parseMapping(key, text);
      case "destination":
        return parseDestination(key, text);
      case "person":
        return parsePerson(key, text);
    }
  })();
  return parsed.ok ? [] : parsed.problems;
}

function noDocument(key: string): Problem {
  return {
    path: "",
    message: `${key} is no document: a key begins with mapping/gitlab/, mapping/slack/, destination/ or person/, and has at most 512 bytes.`,
  };
}
