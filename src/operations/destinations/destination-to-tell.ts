import { parseDestination } from "../../mappings/parse-document.ts";

const PREFIX = "destination/";

/** The name of a published channel to begin a rule with, not that of alerts; `team` where there is none. */
export function destinationToTell(published: { key: string; text: string }[]): string {
  const found = published.find(({ key, text }) => {
    if (!key.startsWith(PREFIX) || /alert/i.test(key)) return false;
    const read = parseDestination(key, text);
    return read.ok && read.value.type === "channel";
  });
  return found?.key.slice(PREFIX.length) ?? "team";
}
