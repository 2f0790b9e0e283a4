import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { GITLAB_MAPPINGS } from "../../mappings/mapping-keys.ts";
import { parseDestination, readMapping } from "../../mappings/parse-document.ts";
import type { Destination, Mapping } from "../../mappings/schema.ts";
import { configurationDir, isConfiguration } from "../configuration/configuration-dir.ts";
import { usableDocuments } from "../configuration/usable-documents.ts";
import type { Context } from "../context.ts";

/** The part of a configuration folder that says what GitLab should send. */
export type Rules = {
  /** The mappings of GitLab's groups and projects, by key in lower case. */
  mappings: Map<string, Mapping>;
  /** By name. */
  destinations: Map<string, Destination>;
  /** The paths that have a mapping of their own. */
  paths: string[];
};

/** Reads the rules of a folder. Throws a `Refusal` when a document of it cannot be used. */
export function readRules(dir: string): Rules {
  const rules: Rules = { mappings: new Map(), destinations: new Map(), paths: [] };
  for (const { key, text } of usableDocuments(dir)) {
    if (key.startsWith(GITLAB_MAPPINGS)) {
      const read = readMapping(key, text);
      if (read.ok) rules.mappings.set(key.toLowerCase(), read.value);
    } else if (key.startsWith(DESTINATIONS)) {
      const read = parseDestination(key, text);
      if (read.ok) rules.destinations.set(key.slice(DESTINATIONS.length), read.value);
    }
  }
  rules.paths = [...rules.mappings.keys()]
    .map((key) => key.slice(GITLAB_MAPPINGS.length))
    .filter((path) => path !== "*");
  return rules;
}

/** The rules of the folder that was named, or of the one where the person is; null: that one is none. */
export function rulesHere(context: Context, dir: string | undefined): Rules | null {
  const isHere = dir !== undefined || isConfiguration(context.cwd);
  return isHere ? readRules(configurationDir(context, dir)) : null;
}
