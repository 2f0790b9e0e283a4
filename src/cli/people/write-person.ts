import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { editYaml } from "../../folder/edit-yaml.ts";
import { readYaml } from "../../folder/read-yaml.ts";
import { object } from "../../json.ts";
import { writeAtomically } from "../configuration/write-atomically.ts";

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
  if (existsSync(path)) {
    writeAtomically(realpathSync(path), changed(readFileSync(path, "utf8"), slack));
  } else {
    const said = name?.replace(/\s+/g, " ");
    writeAtomically(path, `slack: ${slack}${said === undefined ? "" : ` # ${said}`}\n`);
  }
  return file;
}

function changed(source: string, slack: string): string {
  const read = readYaml(source);
  const edited = editYaml(source, { ...(read.ok ? object(read.json) : {}), slack });
  // What stood beside the old id was said of it.
  return edited.replace(/^(slack: \S+) +#.*$/m, "$1");
}
