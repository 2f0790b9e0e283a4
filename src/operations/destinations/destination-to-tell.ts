import { DESTINATIONS } from "../../mappings/destination-key.ts";
import { parseDestination } from "../../mappings/parse-document.ts";

/**
 * The name of a published channel to begin a rule with, not that of alerts, and one that is not among the
 * `paused` if there is one; `team` where there is no channel.
 */
export function destinationToTell(
  published: { key: string; text: string }[],
  paused: string[],
): string {
  const names = published.flatMap(({ key, text }) => {
    if (!key.startsWith(DESTINATIONS) || /alert/i.test(key)) return [];
    const read = parseDestination(key, text);
    return read.ok && read.value.type === "channel" ? [key.slice(DESTINATIONS.length)] : [];
  });
  return names.find((name) => !paused.includes(name)) ?? names[0] ?? "team";
}
