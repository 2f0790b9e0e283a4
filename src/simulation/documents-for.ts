import { sourceOf } from "../relay/relay-name.ts";

/** Of these documents those that a Relay's events could need: mappings of other namespaces are not. */
export function documentsFor<T extends { key: string }>(relay: string, documents: T[]): T[] {
  const source = sourceOf(relay);
  const prefix = `mapping/${source}/`;
  const namespace = source === "slack" ? null : relay.slice(relay.indexOf("/") + 1);
  return documents.filter(({ key }) => {
    if (!key.startsWith("mapping/")) return true;
    if (!key.startsWith(prefix)) return false;
    const [first] = key.slice(prefix.length).split("/", 1);
    return namespace === null || first === "*" || first === namespace;
  });
}
