import { readInHalves } from "../read-in-halves.ts";

/** What KV gives in one go. */
const KEYS_PER_READ = 100;

/** The texts of the documents under a prefix, in the order of their keys; about `max` at most. */
export async function readDocuments(
  kv: KVNamespace,
  prefix: string,
  max: number,
): Promise<{ key: string; text: string }[]> {
  const found: { key: string; text: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await kv.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    const keys = page.keys.map(({ name }) => name);
    for (let at = 0; at < keys.length; at += KEYS_PER_READ) {
      const asked = keys.slice(at, at + KEYS_PER_READ);
      for await (const texts of readInHalves(asked, (some) => kv.get(some, "text"))) {
        for (const [key, text] of texts) if (text !== null) found.push({ key, text });
      }
    }
    cursor = page.list_complete ? undefined : page.cursor;
  } while (cursor !== undefined && found.length < max);
  return found;
}
