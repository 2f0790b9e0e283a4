import { addressNamed, type Target } from "../mappings/address.ts";
import { destinationKey, targetOf, type ReadableConfiguration } from "../relay/configuration.ts";
import { mayBeTold } from "../relay/decide-delivery.ts";
import { draftConfiguration } from "./draft-configuration.ts";
import { placeOf } from "./place-of.ts";

/**
 * How a destination of the draft differs from the live one of its name, as far as that matters to who
 * reads what:
 * - `new`: there is none. `opened`: the live one may not be told what is confidential, and the draft's may.
 * - `moved`: it posts somewhere else. `same`: neither.
 */
export type Exposure = "new" | "opened" | "moved" | "same";

/** What the destinations of a draft are now; it asks KV once for each hundred. */
export async function exposures(
  kv: KVNamespace,
  draft: ReadableConfiguration,
  names: string[],
): Promise<Map<string, Exposure>> {
  const named = names.filter((name) => addressNamed(name) === null);
  const documents: { key: string; text: string }[] = [];
  for (let at = 0; at < named.length; at += KEYS_PER_READ) {
    const keys = named.slice(at, at + KEYS_PER_READ).map(destinationKey);
    const texts = await kv.get(keys, "text");
    for (const [key, text] of texts) if (text !== null) documents.push({ key, text });
  }
  const live = draftConfiguration(documents);
  return new Map(
    names.map((name) => [name, exposure(targetIn(live, name), targetIn(draft, name))]),
  );
}

/** What KV gives in one go. */
const KEYS_PER_READ = 100;

function targetIn(configuration: ReadableConfiguration, name: string): Target | null {
  const copy = targetOf(configuration, name);
  return copy.state === "found" ? copy.value : null;
}

function exposure(live: Target | null, draft: Target | null): Exposure {
  if (draft === null) return "same";
  if (live === null) return "new";
  if (mayBeTold(draft) && !mayBeTold(live)) return "opened";
  return address(live) === address(draft) ? "same" : "moved";
}

/** The address itself where it is in the document, which {@link placeOf} does not show. */
function address(target: Target): string {
  return JSON.stringify([placeOf(target), "url" in target ? target.url : null]);
}
