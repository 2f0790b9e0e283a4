import type { FolderDocument } from "../../folder/read-folder.ts";
import type { Context } from "../context.ts";
import type { PresentDocument, Target } from "../targets/target.ts";
import { readBase } from "./base-file.ts";
import { differences, type Base, type Difference } from "./differences.ts";
import { readLocal } from "./read-local.ts";

/** A folder beside what is published. */
export type Comparison = {
  local: Map<string, FolderDocument>;
  published: Map<string, PresentDocument>;
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

/** The texts of the documents that are the same on both sides. */
export function sameOnBoth({ published, differing }: Comparison): [key: string, text: string][] {
  const different = new Set(differing.map(({ key }) => key));
  return [...published].flatMap(([key, { text }]) => (different.has(key) ? [] : [[key, text]]));
}
