import type { Event } from "../../event.ts";
import { link, say, type Phrase } from "../phrase.ts";

/** " in acme/widgets", or nothing when it is not known. */
export function where({ project, group }: Event): Phrase {
  if (project !== null) return say` in ${link(project.url, project.path)}`;
  return group === null ? [] : say` in ${group.path}`;
}
