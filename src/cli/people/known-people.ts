import { field, text } from "../../json.ts";
import { readDocuments } from "../configuration/read-documents.ts";
import type { PersonInFolder } from "./plan-import.ts";

const KEY = /^person\/([^/]+)$/;

/** The people of a configuration folder, by username. What cannot be read has no member (`slack: null`). */
export function knownPeople(dir: string): PersonInFolder[] {
  const { documents, problems } = readDocuments(dir);
  const read = documents.flatMap(({ key, file, json }) => {
    const username = KEY.exec(key)?.[1];
    return username === undefined ? [] : [{ username, file, slack: text(field(json, "slack")) }];
  });
  const unreadable = problems.flatMap(({ file }) => {
    const username = /^person\/([^/]+)\.yaml$/.exec(file)?.[1];
    return username === undefined ? [] : [{ username, file, slack: null }];
  });
  return [...read, ...unreadable].toSorted((a, b) => a.username.localeCompare(b.username));
}
