import { documentKind } from "../../publishing/document-kind.ts";
import type { Place } from "../navigation.tsx";

/** Where in the navigation a document belongs. */
export function placeOfDocument(key: string): Place {
  switch (documentKind(key)) {
    case "destination":
      return "destinations";
    case "person":
      return "people";
    case "gitlab mapping":
    case "slack mapping":
    case null:
      return "mappings";
  }
}
