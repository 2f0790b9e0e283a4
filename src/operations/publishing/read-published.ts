import type { Env } from "../../env.ts";
import type { DocumentHead } from "../../publishing/publisher.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** What was made of documents' texts, by their keys: as long as a text stays the same it is read once. */
export type Readings<T> = Map<string, { etag: string; reading: T }>;

/** The documents that are there; `problem`: why something may be missing that others did to KV. */
export type Published<T> = { items: (DocumentHead & { reading: T })[]; problem: string | null };

/**
 * The published documents below these prefixes (each ends with a slash), in the order of their keys, with
 * what `read` makes of their texts. Only texts that `readings` does not know are fetched and read; what is
 * published no more is forgotten, so one map is for one set of prefixes.
 */
export async function readPublished<T>(
  env: Env,
  prefixes: string[],
  readings: Readings<T>,
  read: (key: string, text: string) => T,
): Promise<Published<T>> {
  const publisher = env.RELAY.getByName(PUBLISHER);
  const { items: heads, problem } = await publisher.documentHeads(prefixes);
  const isRead = ({ key, etag }: DocumentHead): boolean => readings.get(key)?.etag === etag;
  let missing = heads.filter((head) => !isRead(head));
  while (missing.length > 0) {
    const texts = new Map(
      (await publisher.documentTexts(missing.map(({ etag }) => etag))).map((each) => [
        each.etag,
        each.text,
      ]),
    );
    for (const { key, etag } of missing) {
      const text = texts.get(etag);
      if (text !== undefined) readings.set(key, { etag, reading: read(key, text) });
    }
    missing = missing.filter(({ etag }) => !texts.has(etag));
  }
  const items = heads.flatMap((head) => {
    const known = readings.get(head.key);
    return known === undefined ? [] : [{ ...head, reading: known.reading }];
  });
  const keys = new Set(heads.map(({ key }) => key));
  for (const key of readings.keys()) if (!keys.has(key)) readings.delete(key);
  return { items, problem };
}
