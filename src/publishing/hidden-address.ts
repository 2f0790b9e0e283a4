import { isObject, type Json } from "../json.ts";
import { shownAddress } from "../slack/shown-address.ts";

/**
 * A document as an editor's page may have it: an address that is written out in a destination is a password,
 * and only what all of its kind share is left. {@link withHiddenAddress} puts it back.
 */
export function hideAddress(text: string): string {
  const json = jsonIn(text);
  const url = addressIn(json);
  return url === null || !isObject(json) ? text : JSON.stringify({ ...json, url: hidden(url) });
}

/**
 * A draft with the address that was hidden in it, from the published text of its key (null: there is none).
 * Null: it has a hidden address, and the published document none that it could stand for.
 */
export function withHiddenAddress(draft: string, published: string | null): string | null {
  const json = jsonIn(draft);
  const url = addressIn(json);
  if (url === null || !url.includes("•") || !isObject(json)) return draft;
  const kept = addressIn(published === null ? null : jsonIn(published));
  return kept !== null && hidden(kept) === url ? JSON.stringify({ ...json, url: kept }) : null;
}

/** Says why a draft with a hidden address cannot be used. */
export const ADDRESS_IS_LOST =
  "url: the address is hidden here, and the published document has no such address. Write it out, or better: keep it as a secret of the Worker and write secret:NAME.";

function hidden(url: string): string {
  return `https://${shownAddress(url)}`;
}

function addressIn(json: Json): string | null {
  const url = isObject(json) ? json["url"] : null;
  return typeof url === "string" && /^https?:/i.test(url) ? url : null;
}

function jsonIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
