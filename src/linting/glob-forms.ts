import type { Globs } from "../mappings/schema.ts";

/** What a condition asks for, in its three forms; an empty list asks for nothing. */
export type GlobForms = { any: string[]; all: string[]; none: string[] };

/** The forms of a condition, however short it was written. */
export function globForms(globs: Globs): GlobForms {
  if (typeof globs === "string" || Array.isArray(globs)) {
    return { any: [globs].flat(), all: [], none: [] };
  }
  return {
    any: [globs.any ?? []].flat(),
    all: [globs.all ?? []].flat(),
    none: [globs.none ?? [], globs.not ?? []].flat(),
  };
}
