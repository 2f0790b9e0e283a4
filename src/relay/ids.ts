/** An event or delivery as its opaque id names it. `n` is null for an event. */
export type Reference = { relay: string; key: string; n: number | null };

/** Names as ids carry them. There are as many as top-level namespaces: a handful. */
const encodedNames = new Map<string, string>();

/** The id of an event: opaque, and it carries the name of its Relay, for Relays cannot be listed. */
export function eventId(relay: string, key: string): string {
  const name = encodedNames.get(relay) ?? Buffer.from(relay).toString("base64url");
  encodedNames.set(relay, name);
  return `${name}.${key}`;
}

/** The id of the `n`th delivery of an event. */
export function deliveryId(relay: string, key: string, n: number): string {
  return `${eventId(relay, key)}.${n}`;
}

/** Reads an id back; null when it is none of ours. */
export function parseId(id: string): Reference | null {
  const match = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{22})(?:\.(\d{1,6}))?$/.exec(id);
  const [, relay, key, n] = match ?? [];
  if (relay === undefined || key === undefined) return null;
  return {
    relay: Buffer.from(relay, "base64url").toString(),
    key,
    n: n === undefined ? null : Number(n),
  };
}
