import type { Target } from "../mappings/address.ts";
import { hideAddresses } from "../publishing/hidden-address.ts";
import { targetOf, type ReadableConfiguration } from "../relay/configuration.ts";
import { mayBeTold } from "../relay/decide-delivery.ts";
import { placeOf } from "./place-of.ts";

/**
 * How a destination of the draft differs from the live one of its name, as far as that matters to who
 * reads what:
 * - `new`: there is none. `opened`: the live one may not be told what is confidential, and the draft's may.
 * - `moved`: it posts somewhere else. `same`: neither.
 */
export type Exposure = "new" | "opened" | "moved" | "same";

/** How these destinations of a draft differ from the live ones. */
export function exposures(
  live: ReadableConfiguration,
  draft: ReadableConfiguration,
  names: string[],
): Map<string, Exposure> {
  return new Map(
    names.map((name) => [name, exposure(targetIn(live, name), targetIn(draft, name))]),
  );
}

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

/**
 * What tells the address apart, also where it is in the document, which {@link placeOf} does not show:
 * the live one has it whole, and a draft may have it hidden.
 */
function address(target: Target): string {
  const url = "url" in target ? target.url : null;
  return hideAddresses(JSON.stringify({ place: placeOf(target), url }));
}
