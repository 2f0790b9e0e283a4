import type { KindOfEvent } from "./event.ts";
import { field, identifier, object, text, type JsonObject } from "./json.ts";

/**
 * Pipelines. GitLab 19 says in `ref_status_name` how a ref's pipeline compares with the one before.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events
 */
export function pipelineEvent(payload: JsonObject): KindOfEvent {
  const attributes = object(payload["object_attributes"]);
  const status = text(attributes["status"]) ?? "unknown";
  const compared = text(attributes["ref_status_name"]);
  const id = identifier(attributes["id"]);
  const projectUrl = text(field(payload, "project", "web_url"));
  const ref = text(attributes["ref"]);
  const of = mergeRequestOf(payload) ?? ref;
  return {
    kind: "pipeline",
    action: status,
    also: compared === "fixed" || compared === "broken" ? [`pipeline.${compared}`] : [],
    title: `Pipeline${id === null ? "" : ` #${id}`}${of === null ? "" : ` of ${of}`}`,
    url:
      text(attributes["url"]) ??
      (projectUrl === null || id === null ? null : `${projectUrl}/-/pipelines/${id}`),
    text: text(field(payload, "commit", "title")) ?? text(field(payload, "commit", "message")),
    at: text(attributes["finished_at"]) ?? text(attributes["created_at"]),
    subject: id === null ? null : `pipeline ${id}`,
    ref,
    status,
  };
}

/** `!12 Title` for the pipeline of a merge request, whose ref says nothing to people. */
function mergeRequestOf(payload: JsonObject): string | null {
  const iid = identifier(field(payload, "merge_request", "iid"));
  const title = text(field(payload, "merge_request", "title"));
  return iid === null ? null : `!${iid}${title === null ? "" : ` ${title}`}`;
}
