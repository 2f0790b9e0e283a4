import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { DOCUMENT_PREFIXES } from "../../publishing/document-kind.ts";
import type { Context } from "../context.ts";
import { EXIT, Refusal } from "../terminal/refusal.ts";

/**
 * The configuration folder that a command is about: the one that was named, else where the person is.
 * Throws a {@link Refusal} when it is none.
 */
export function configurationDir({ cwd }: Context, given: string | undefined): string {
  const dir = resolve(cwd, given ?? ".");
  const shown = given ?? "This folder";
  if (!existsSync(dir)) {
    throw new Refusal("no_folder", `There is no folder ${given}.`, EXIT.usage);
  }
  if (isConfiguration(dir)) return dir;
  throw new Refusal(
    "no_configuration",
    `${shown} holds no configuration: there is no mapping/, destination/ or person/ in it. Name the folder, or begin one with "causeway init".`,
    EXIT.usage,
  );
}

/** Whether a folder has a place for documents. */
export function isConfiguration(dir: string): boolean {
  return DOCUMENT_PREFIXES.some((prefix) => existsSync(join(dir, prefix)));
}
