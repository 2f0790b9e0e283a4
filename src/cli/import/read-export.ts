import type { Json } from "../../json.ts";

/** Slack's trigger addresses and Zapier's catch addresses, which are passwords. */
const ADDRESS =
  /(?:https?:\/\/)?hooks\.(slack|slack-gov|zapier)\.com\/(workflows|triggers|services|[\w-]*)[^\s"'<>|\\{}]*/gi;

/** What stands where an address stood: what it was for, and a number for each address of the export. */
const PLACEHOLDER = /^https:\/\/hooks\.slack\.com\/(workflows|triggers|services)\/address-(\d+)$/;

/**
 * The JSON of an export without the addresses in it, so that none of them gets anywhere: the same
 * address becomes the same number. Null when it is no JSON, or nested deeper than anything real.
 */
export function readExport(source: string): { json: Json } | null {
  const numbers = new Map<string, number>();
  try {
    // Written anew first: `\/` and `\u002f` are slashes, too.
    const plain = JSON.stringify(JSON.parse(source.replace(/^\uFEFF/, "")));
    const without = plain.replace(ADDRESS, (address: string, host: string, purpose: string) => {
      if (/zapier/i.test(host)) return "(an address of Zapier)";
      if (!numbers.has(address)) numbers.set(address, numbers.size + 1);
      return `https://hooks.slack.com/${purpose.toLowerCase()}/address-${numbers.get(address)}`;
    });
    return { json: JSON.parse(without) };
  } catch {
    return null;
  }
}

/** A Slack address as {@link readExport} leaves it; null when it is none. */
export function slackAddress(
  url: string,
): { type: "workflow" | "webhook"; address: string } | null {
  const [address, purpose] = PLACEHOLDER.exec(url.trim()) ?? [];
  if (address === undefined) return null;
  return { type: purpose === "services" ? "webhook" : "workflow", address };
}
