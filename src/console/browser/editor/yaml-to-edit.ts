import { freshYaml } from "../../../folder/fresh-yaml.ts";
import type { Json } from "../../../json.ts";
import { yamlText } from "../../../publishing/yaml-text.ts";
import { readDocument } from "./read-document.ts";

/** A published text (JSON) as YAML to be edited, laid out as history shows it; what is no JSON as it is. */
export function yamlToEdit(text: string): string {
  if (text === "") return "";
  try {
    const json = JSON.parse(text) as Json;
    const yaml = yamlText(json);
    return readDocument(yaml).json === JSON.stringify(json) ? yaml : freshYaml(json);
  } catch {
    return text;
  }
}
