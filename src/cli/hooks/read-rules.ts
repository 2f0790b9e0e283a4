import { existsSync } from "node:fs";
import { join } from "node:path";
import { readFolder } from "../../folder/read-folder.ts";
import { parseDestination, readMapping } from "../../mappings/parse-document.ts";
import type { Destination, Mapping } from "../../mappings/schema.ts";
import { configurationDir } from "../configuration-dir.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/** The part of a configuration folder that says what GitLab should send. */
export type Rules = {
  /** The mappings of GitLab's groups and projects, by key in lower case. */
  mappings: Map<string, Mapping>;
  /** By name. */
  destinations: Map<string, Destination>;
  /** The paths that have a mapping of their own. */
  paths: string[];
};

const MAPPING = "mapping/gitlab/";
const DESTINATION = "destination/";

/** Reads the rules of a folder. Throws a {@link Refusal} when one of them cannot be used. */
export function readRules(dir: string): Rules {
  const { documents, problems } = readFolder(dir);
  const [unread] = problems;
  if (unread !== undefined) refuse(dir, unread.file, unread.line, unread.message);
  const rules: Rules = { mappings: new Map(), destinations: new Map(), paths: [] };
  for (const { key, text, file, positionOf } of documents) {
    if (key.startsWith(MAPPING)) {
      const read = readMapping(key, text);
      if (read.ok) rules.mappings.set(key.toLowerCase(), read.value);
      else unusable(file, read.problems);
    } else if (key.startsWith(DESTINATION)) {
      const read = parseDestination(key, text);
      if (read.ok) rules.destinations.set(key.slice(DESTINATION.length), read.value);
      else unusable(file, read.problems);
    }

    function unusable(inFile: string, [problem]: { path: string; message: string }[]): never {
      const { path = "", message = "it cannot be used." } = problem ?? {};
      refuse(dir, inFile, positionOf(path).line, `${path} ${message}`.trim());
    }
  }
  rules.paths = [...rules.mappings.keys()]
    .map((key) => key.slice(MAPPING.length))
    .filter((path) => path !== "*");
  return rules;
}

/** The rules of the folder that was named, or of the one where the person is; null: that one is none. */
export function rulesHere(context: Context, dir: string | undefined): Rules | null {
  const isHere = ["mapping", "destination"].some((name) => existsSync(join(context.cwd, name)));
  return dir === undefined && !isHere ? null : readRules(configurationDir(context, dir));
}

function refuse(dir: string, file: string, line: number, message: string): never {
  throw new Refusal(
    "bad_configuration",
    `${join(dir, file)}:${line}: ${message} (causeway lint shows all there is to put right.)`,
    EXIT.usage,
  );
}
