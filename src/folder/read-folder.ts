import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Json } from "../json.ts";
import { readYaml, type Position } from "./read-yaml.ts";

/** A document of a configuration folder. */
export type FolderDocument = {
  /** Its key in KV: the file's path within the folder, without `.yaml`. */
  key: string;
  /** The file's path within the folder. */
  file: string;
  json: Json;
  /** What KV gets. */
  text: string;
  /** Where a key path such as `rules[1].when.if` stands in the file. */
  positionOf: (path: string) => Position;
};

/** Something that keeps a file from being read. */
type FileProblem = Position & { file: string; message: string };

/** The documents of a folder in the order of their keys, and the files that cannot be read. */
export type Folder = { documents: FolderDocument[]; problems: FileProblem[] };

/** Reads a folder of YAML files, one for each KV document; what is hidden (`.gitlab-ci.yml`) is left alone. */
export function readFolder(dir: string): Folder {
  const documents: FolderDocument[] = [];
  const problems: FileProblem[] = [];
  for (const file of filesIn(dir)) {
    if (file.endsWith(".yml")) {
      const message = "only files that end in .yaml are read: rename it.";
      problems.push({ file, line: 1, column: 1, message });
      continue;
    }
    const read = readYaml(readFileSync(join(dir, file), "utf8"));
    if (!read.ok) {
      problems.push(...read.problems.map((problem) => ({ file, ...problem })));
      continue;
    }
    const { json, positionOf } = read;
    const key = file.replace(/\.yaml$/, "");
    documents.push({ key, file, json, text: JSON.stringify(json), positionOf });
  }
  return { documents, problems };
}

/**
 * A folder of YAML files as KV pairs. Throws an error that names the file and line when one of them
 * cannot be used.
 */
export function readConfiguration(dir: string): { key: string; value: string }[] {
  const { documents, problems } = readFolder(dir);
  const [problem] = problems;
  if (problem !== undefined) {
    throw new Error(`${join(dir, problem.file)}:${problem.line}: ${problem.message}`);
  }
  return documents.map(({ key, text }) => ({ key, value: text }));
}

function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((file) => !/(^|\/)\./.test(file))
    .toSorted();
}
