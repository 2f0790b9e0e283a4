import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { errorInWords } from "../words/error-in-words.ts";
import type { Json } from "../json.ts";
import { readYaml, type Position, type YamlRead } from "./read-yaml.ts";

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

/** Something that keeps a file, or a link to a folder, from being read. */
export type FileProblem = Position & { file: string; message: string };

/** The documents of a folder in the order of their keys, and the files that cannot be read. */
export type Folder = { documents: FolderDocument[]; problems: FileProblem[] };

/** Reads a folder of YAML files, one for each KV document; what is hidden (`.gitlab-ci.yml`) is left alone. */
export function readFolder(dir: string): Folder {
  const documents: FolderDocument[] = [];
  const problems: FileProblem[] = [];
  for (const { file, problem } of filesIn(dir)) {
    if (problem !== null) {
      problems.push({ file, line: 1, column: 1, message: problem });
      continue;
    }
    const read = readFile(join(dir, file));
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

/** A file that is meant to be a document, or a link that cannot be followed. */
type Found = { file: string; problem: string | null };

const MISNAMED = "only files that end in .yaml are read: rename it.";

function filesIn(dir: string): Found[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((entry) => ({
      entry,
      file: relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"),
    }))
    .filter(({ file }) => !/(^|\/)\./.test(file))
    .flatMap(({ entry, file }): Found[] => {
      const link = entry.isSymbolicLink() ? linkedTo(join(entry.parentPath, entry.name)) : null;
      if (link?.problem) return [{ file, problem: link.problem }];
      const isFile = entry.isFile() || link?.isFile === true;
      if (!isFile || !/\.ya?ml$/.test(file)) return [];
      return [{ file, problem: file.endsWith(".yml") ? MISNAMED : null }];
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** A link to a file is as good as the file; what a link to a folder has must not be missed in silence. */
function linkedTo(path: string): { isFile: boolean; problem: string | null } {
  try {
    const target = statSync(path);
    // They may lead in circles.
    const problem = target.isDirectory()
      ? "links to folders are not followed: link each file."
      : null;
    return { isFile: target.isFile(), problem };
  } catch {
    return { isFile: false, problem: "this link leads to nothing." };
  }
}

function readFile(path: string): YamlRead {
  let source: string;
  try {
    source = readFileSync(path, "utf8");
  } catch (error) {
    const message = errorInWords(error);
    return { ok: false, problems: [{ line: 1, column: 1, message }] };
  }
  return readYaml(source);
}
