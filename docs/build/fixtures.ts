import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../src/event.ts";
import type { JsonObject } from "../../src/json.ts";
import { parseEvent } from "../../src/gitlab/parse-event.ts";

const FOLDER = join(import.meta.dirname, "../../test/fixtures/gitlab");

/** The webhook bodies of the tests as events, by name: the examples that the pages show. */
export function fixtureEvents(): Map<string, Event> {
  const names = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  return new Map(
    names.sort().map((file) => {
      const payload = JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as JsonObject;
      const circumstances = { hookName: null, hookPath: null, large: false, refChange: null };
      return [
        file.replace(/\.json$/, ""),
        parseEvent(payload, { id: "example", ...circumstances }),
      ];
    }),
  );
}
