import type { FolderDocument } from "../../folder/read-folder.ts";
import type { Context } from "../context.ts";
import type { FoundDocument } from "../../publishing/present-document.ts";
import type { Target } from "../targets/target.ts";
import { readBase } from "./base-file.ts";
import { differences, type Base, type Difference } from "./differences.ts";
import { agreedOn } from "./plan.ts";
import { readLocal } from "./read-local.ts";

/** A folder beside what is published. */
export type Comparison = {
  local: Map<string, FolderDocument>;
  published: Map<string, FoundDocument>;
  base: Base | null;
  differing: Difference[];
};

/** Compares a configuration folder with a target, and with what both agreed on last. */
export async function compareFolder(
  context: Context,
  dir: string,
  target: Target,
): Promise<Comparison> {
  const local = readLocal(context, dir);
  const published = new Map((await target.read()).map((document) => [document.key, document]));
  const base = readBase(dir, target);
  const texts = new Map([...local].map(([key, { text }]) => [key, text]));
  return { local, published, base, differing: differences(texts, published, base) };
}

/** What both agree on as they are: also on what is the same on both sides, no longer on what neither has. */
export function agreedAlready({ local, published, base, differing }: Comparison): Base {
  const different = new Set(differing.map(({ key }) => key));
  const same = [...published]
    .filter(([key]) => !different.has(key))
    .map(([key, { text }]) => [key, text] as const);
  const gone = [...(base?.keys() ?? [])]
    .filter((key) => !local.has(key) && !published.has(key))
    .map((key) => [key, null] as const);
  return agreedOn(base, [...same, ...gone]);
}
