import type { Reading } from "../../event.ts";
import { identifier, object, text, type JsonObject } from "../../json.ts";
import { projectUrl } from "../project-url.ts";

export type FeatureFlagDetails = { of: "feature_flag" };

/**
 * Feature flags: whether one is on is all that a body says, and that is the action.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#feature-flag-events
 */
export function featureFlagEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const id = identifier(attributes["id"]);
  return {
    title: text(attributes["name"]),
    url: projectUrl(payload, "/-/feature_flags"),
    text: text(attributes["description"]),
    at: null,
    subject: id === null ? null : `feature_flag ${id}`,
    status: attributes["active"] === true ? "on" : "off",
    details: { of: "feature_flag" },
  };
}
