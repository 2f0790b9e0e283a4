import { readYaml, type Position } from "../../../folder/read-yaml.ts";

/** A text as the document that it says; or why it says none. */
export type WrittenDocument =
  | { json: string; positionOf: (path: string) => Position; problems: [] }
  | { json: null; problems: (Position & { message: string })[] };

/** Reads the editor's YAML as the command line reads files. */
export function readDocument(yaml: string): WrittenDocument {
  const read = readYaml(yaml);
  return read.ok
    ? { json: JSON.stringify(read.json), positionOf: read.positionOf, problems: [] }
    : { json: null, problems: read.problems };
}
