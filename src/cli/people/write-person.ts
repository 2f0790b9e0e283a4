import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, isScalar, parseDocument } from "yaml";

/**
 * Writes who somebody is in Slack into `person/<username>.yaml` of a folder, or into the file that is
 * there (`file`, within the folder), whose comments stay. Returns that file.
 */
export function writePerson(
  dir: string,
  { username, slack, name }: { username: string; slack: string; name: string | null },
  file = `person/${username}.yaml`,
): string {
  const path = join(dir, file);
  mkdirSync(dirname(path), { recursive: true });
  // A reader, or somebody who breaks it off, sees the old file or the new one.
  const unfinished = `${path}.new`;
  writeFileSync(unfinished, existsSync(path) ? changed(path, slack) : fresh(slack, name));
  renameSync(unfinished, path);
  return file;
}

function fresh(slack: string, name: string | null): string {
  const said = name?.replace(/\s+/g, " ");
  return `slack: ${slack}${said === undefined ? "" : ` # ${said}`}\n`;
}

function changed(path: string, slack: string): string {
  const document = parseDocument(readFileSync(path, "utf8"));
  if (document.errors.length > 0 || !isMap(document.contents)) return fresh(slack, null);
  const node = document.get("slack", true);
  // What stood beside the old id was said of it.
  if (isScalar(node)) node.comment = null;
  document.set("slack", slack);
  return document.toString();
}
