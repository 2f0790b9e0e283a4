import { existsSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { documentKind } from "../../publishing/document-kind.ts";
import { CHECKOUT } from "../checkout.ts";

/**
 * Where the JSON Schemas are, as seen from a configuration folder (`schemas`, `../../schemas`): its own,
 * or in Causeway's checkout those there. Null: it has none.
 */
export function schemasOf(dir: string): string | null {
  const place = relative(CHECKOUT, dir);
  const isInside = !isAbsolute(place) && place.split(sep)[0] !== "..";
  if (isInside) return relative(dir, join(CHECKOUT, "schemas")).split(sep).join("/");
  return existsSync(join(dir, "schemas")) ? "schemas" : null;
}

/**
 * By this line editors with a YAML language server find out what may stand in the file of a document;
 * nothing for other files. `schemas` is what {@link schemasOf} says.
 */
export function schemaLine(schemas: string, file: string): string {
  const kind = documentKind(file);
  if (kind === null) return "";
  const up = "../".repeat(file.split("/").length - 1);
  return `# yaml-language-server: $schema=${up}${schemas}/${kind.replace(" ", "-")}.schema.json\n`;
}
