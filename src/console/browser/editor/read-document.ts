import { readYaml, type Position } from "../../../folder/read-yaml.ts";

/** A text as the document that it says; or why it says none, in full and (`reason`) beside the button. */
export type WrittenDocument =
  | { json: string; positionOf: (path: string) => Position; problems: [] }
  | { json: null; reason: string; problems: (Position & { message: string })[] };

/** Reads the editor's YAML as the command line reads files; a text that says nothing is no document. */
export function readDocument(yaml: string): WrittenDocument {
  const read = readYaml(yaml);
  if (!read.ok) {
    const reason = "The text is not YAML that can be read.";
    return { json: null, reason, problems: read.problems };
  }
  if (read.json === null) {
    const message = "the document is empty: write it anew, or bring its text back with Ctrl+Z.";
    return { json: null, reason: "It is empty.", problems: [{ line: 1, column: 1, message }] };
  }
  return { json: JSON.stringify(read.json), positionOf: read.positionOf, problems: [] };
}
