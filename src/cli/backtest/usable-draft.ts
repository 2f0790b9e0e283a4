import type { CompiledMapping } from "../../mappings/compile-mapping.ts";
import { parseMapping } from "../../mappings/parse-document.ts";
import { usableDocuments } from "../configuration/usable-documents.ts";

/** A folder all of whose documents can be used. */
type UsableDraft = {
  documents: { key: string; text: string }[];
  mappings: CompiledMapping[];
};

/** Reads a folder, and refuses one with a document that could not be published. */
export function usableDraft(dir: string): UsableDraft {
  const documents = usableDocuments(dir).map(({ key, text }) => ({ key, text }));
  const mappings = documents.flatMap(({ key, text }) => {
    const parsed = key.startsWith("mapping/") ? parseMapping(key, text) : null;
    return parsed?.ok === true ? [parsed.value] : [];
  });
  return { documents, mappings };
}
