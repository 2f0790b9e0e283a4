import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readYaml } from "./read-yaml.ts";

/**
 * A folder of YAML files as KV pairs: a file's path without `.yaml` is its key, its content as JSON the
 * value. Throws an error that names the file and line when one of them cannot be used.
 */
export function readConfiguration(dir: string): { key: string; value: string }[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => ({
      key: relative(dir, path)
        .split(sep)
        .join("/")
        .replace(/\.yaml$/, ""),
      value: JSON.stringify(readYaml(path)),
    }));
}
