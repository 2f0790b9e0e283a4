import { GITLAB_MAPPINGS } from "../mappings/mapping-keys.ts";
import { relayNameFor } from "../gitlab/event-path.ts";
import { sourceOf } from "../relay/relay-name.ts";
import { documentKind } from "./document-kind.ts";

/** Whether a Relay may work by the document of a key. */
export function concerns(relay: string, key: string): boolean {
  const kind = documentKind(key);
  switch (kind) {
    case null:
      return false;
    case "destination":
    case "person":
      return true;
    case "slack mapping":
      return sourceOf(relay) === "slack";
    case "gitlab mapping": {
      const path = key.slice(GITLAB_MAPPINGS.length);
      return sourceOf(relay) === "gitlab" && (path === "*" || relayNameFor(path) === relay);
    }
  }
}
