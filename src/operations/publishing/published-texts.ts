import type { Env } from "../../env.ts";
import { DOCUMENT_PREFIXES } from "../../publishing/document-kind.ts";
import { hideAddresses } from "../../publishing/hidden-address.ts";
import type { DocumentHead } from "../../publishing/publisher.ts";
import { readPublished, type Readings } from "./read-published.ts";

/** A published document: its text as people may see it, without addresses, and who published it when. */
export type PublishedText = DocumentHead & { text: string };

/** Texts by their keys, which this isolate has fetched already. */
const texts: Readings<string> = new Map();

/**
 * All published documents with their texts, in the order of their keys. Only texts that have changed are
 * fetched; `problem`: why something may be missing that others did to KV in the last ten minutes.
 */
export async function publishedTexts(
  env: Env,
): Promise<{ items: PublishedText[]; problem: string | null }> {
  const { items, problem } = await readPublished(env, DOCUMENT_PREFIXES, texts, (_key, text) =>
    hideAddresses(text),
  );
  return { items: items.map(({ reading, ...head }) => ({ ...head, text: reading })), problem };
}
