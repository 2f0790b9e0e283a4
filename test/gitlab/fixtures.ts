import type { Event } from "../../src/event.ts";
import { text, type JsonObject } from "../../src/json.ts";
import { parseEvent, type Circumstances } from "../../src/gitlab/parse-event.ts";

const files = import.meta.glob<JsonObject>("../fixtures/gitlab/*.json", {
  eager: true,
  import: "default",
});

/** The names of the bodies in `test/fixtures/gitlab`, without `.json`. */
export const FIXTURES = Object.keys(files).map((path) => path.replace(/^.*\/|\.json$/g, ""));

/** A body of `test/fixtures/gitlab`, to be changed at will. */
export function payloadOf(name: string): JsonObject {
  const payload = files[`../fixtures/gitlab/${name}.json`];
  if (payload === undefined) throw new Error(`there is no fixture ${name}`);
  return structuredClone(payload);
}

/** The event of a fixture, with `changes` made to its body first. */
export function eventOf(
  name: string,
  changes: JsonObject = {},
  circumstances: Partial<Circumstances> = {},
): Event {
  const payload = { ...payloadOf(name), ...changes };
  return parseEvent(payload, {
    id: "event-id",
    hookName: hookNameOf(payload),
    hookPath: null,
    large: false,
    refChange: null,
    ...circumstances,
  });
}

/** What `X-Gitlab-Event` says: confidential issues and notes have hooks of their own. */
function hookNameOf(payload: JsonObject): string | null {
  const kind = text(payload["object_kind"]);
  if (kind === null) return "System Hook";
  const name = (kind === "work_item" ? "issue" : kind)
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
  const confidential = (text(payload["event_type"]) ?? "").startsWith("confidential_");
  return `${confidential ? "Confidential " : ""}${name} Hook`;
}
