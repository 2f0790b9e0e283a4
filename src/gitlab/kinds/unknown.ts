import type { Reading } from "../../event.ts";
import { REF_PREFIX } from "../project-url.ts";
import { object, text, type JsonObject } from "../../json.ts";

/**
 * Any other body: of a kind that is new, or made by a custom webhook template. What goes by the usual
 * names is taken; its `payload` is there for templates all the same.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhooks/#custom-webhook-template
 */
export function unknownEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const said = (name: string): string | null => text(attributes[name]) ?? text(payload[name]);
  return {
    title: said("title") ?? said("name"),
    url: said("url"),
    text: said("description") ?? said("message"),
    at: said("updated_at") ?? said("created_at"),
    subject: null,
    ref: text(payload["ref"])?.replace(REF_PREFIX, "") ?? null,
    status: said("status") ?? said("state"),
    environment: text(payload["environment"]),
    severity: said("severity"),
    details: { of: "unknown" },
  };
}
