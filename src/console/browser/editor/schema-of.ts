import { DESTINATIONS } from "../../../mappings/destination-key.ts";
import destination from "../../../../schemas/destination.schema.json" with { type: "json" };
import gitlabMapping from "../../../../schemas/gitlab-mapping.schema.json" with { type: "json" };
import person from "../../../../schemas/person.schema.json" with { type: "json" };
import slackMapping from "../../../../schemas/slack-mapping.schema.json" with { type: "json" };
import { sourceOfMapping } from "../../../mappings/mapping-keys.ts";
import type { Schema } from "./schema-at.ts";

/** The schema of the document of a key. */
export function schemaOf(key: string): Schema {
  if (key.startsWith(DESTINATIONS)) return destination as Schema;
  if (key.startsWith("person/")) return person as Schema;
  return (sourceOfMapping(key) === "slack" ? slackMapping : gitlabMapping) as Schema;
}
