import { stringify, type ToStringOptions } from "yaml";
import type { Json } from "../json.ts";

/** How a new file is laid out. */
export const LAYOUT: ToStringOptions = { lineWidth: 100, flowCollectionPadding: false };

/** A JSON document as a new YAML file. */
export function freshYaml(json: Json): string {
  return stringify(json, LAYOUT);
}
