import { parseDestination } from "../../mappings/parse-document.ts";

const PREFIX = "destination/";

/**
 * The name of a published channel to begin a rule with, not that of alerts, and one that is not among the
 * `paused` if there is one; `team` where there is no channel.
 */
export function destinationToTell(
  published: { key: string; text: string }[],
  paused: string[],
): string {
  const names = published.flatMap(({ key, text }) => {
    if (!key.startsWith(PREFIX) || /alert/i.test(key)) return [];
    const read = parseDestination(key, text);
    return read.ok && read.value.type === "channel" ? [key.slice(PREFIX.length)] : [];
  });
  return names.find((name) => !paused.includes(name)) ?? names[0] ?? "team";
}
