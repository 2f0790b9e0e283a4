import type { Env } from "../../env.ts";
import { PUBLISHER } from "../../relay/relay-name.ts";

/** A text that was published once, by its etag; null: none, or nobody keeps it. */
export async function textThen({ RELAY }: Env, etag: string | null): Promise<string | null> {
  if (etag === null) return null;
  const [found] = await RELAY.getByName(PUBLISHER).documentTexts([etag]);
  // What nobody keeps is read as an empty text.
  return found === undefined || found.text === "" ? null : found.text;
}
