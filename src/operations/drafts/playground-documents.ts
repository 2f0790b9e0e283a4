import { destinationKey } from "../../mappings/destination-key.ts";
import { isReservedDestination } from "../../mappings/address.ts";
import { rulesIn } from "../../linting/rules-in.ts";

type Document = { key: string; text: string };

/** A destination that is not published, as the playground has it: a channel that may be told everything. */
const CHANNEL = JSON.stringify({ type: "channel", channel: "C0000000000", confidential: true });

/**
 * What stands around a mapping in the playground: the published destinations and people, no other mapping,
 * and a channel for each destination that its rules name and nobody has published (`invented`).
 */
export function playgroundDocuments(
  mapping: string,
  published: Document[],
): { documents: Document[]; invented: string[] } {
  const around = published.filter(({ key }) => !key.startsWith("mapping/"));
  const known = new Set(around.map(({ key }) => key));
  const invented = namesIn(mapping).filter(
    (name) => !known.has(destinationKey(name)) && !isReservedDestination(name),
  );
  const channels = invented.map((name) => ({ key: destinationKey(name), text: CHANNEL }));
  return { documents: [...around, ...channels], invented };
}

function namesIn(mapping: string): string[] {
  const names = rulesIn(mapping).flatMap((rule) => {
    const to: unknown = (rule as { to?: unknown } | null)?.to;
    return [to].flat().filter((name) => typeof name === "string");
  });
  return [...new Set(names)];
}
