import type { Env } from "../../env.ts";
import { hidesAddress, withAddresses } from "../../publishing/hidden-address.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";
import { textThen } from "./text-then.ts";

/** A text in which addresses may be hidden; `begun`: the etag of what its page was made of, null: of nothing. */
export type HidingText = { key: string; text: string; begun: string | null };

/**
 * A document's text with the addresses that its page did not show: those of what it was begun with, and of
 * what is published. Null: it has a hidden one that neither has.
 */
export async function putAddressesBack(
  env: Env,
  { key, text, begun }: HidingText,
): Promise<string | null> {
  if (!hidesAddress(text)) return text;
  const base = await textThen(env, begun);
  const found = await env.RELAY.getByName(PUBLISHER).document(key);
  const present = found.ok ? (found.document?.text ?? null) : null;
  return withAddresses(
    text,
    [base, present].filter((known) => known !== null),
  );
}
