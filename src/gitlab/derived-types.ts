import { identifier, isObject, object, objects, text, type Json, type JsonObject } from "./json.ts";

/** Fields whose change has a type of its own, beside the lists that are compared below. */
const CHANGED_FIELDS: Record<string, string> = {
  title: "title_changed",
  description: "description_changed",
  due_date: "due_date_changed",
  milestone_id: "milestone_changed",
  target_branch: "target_branch_changed",
  weight: "weight_changed",
  severity: "severity_changed",
  health_status: "health_status_changed",
  discussion_locked: "discussion_locked_changed",
  project_id: "moved",
};

/** The `changes` of an update as previous and current value per field, in whichever shape they came. */
export function changesOf(payload: JsonObject): Record<string, { previous: Json; current: Json }> {
  return Object.fromEntries(
    Object.entries(object(payload["changes"])).flatMap(([name, change]) => {
      // GitLab 19's documentation prints [[previous], [current]] for reviewers; bodies have objects.
      if (Array.isArray(change)) {
        return [[name, { previous: change[0] ?? null, current: change[1] ?? null }]];
      }
      if (!isObject(change)) return [];
      return [[name, { previous: change["previous"] ?? null, current: change["current"] ?? null }]];
    }),
  );
}

/**
 * What an update really was: the actions derived from its changes, such as `labeled` or `ready`.
 * Closing or opening something also lists changes; only an `update` is looked into.
 */
export function derivedActions(payload: JsonObject): string[] {
  const changes = changesOf(payload);
  const actions: string[] = [];
  for (const [name, { previous, current }] of Object.entries(changes)) {
    const simple = CHANGED_FIELDS[name];
    if (simple !== undefined && Object.hasOwn(CHANGED_FIELDS, name)) actions.push(simple);
    if (name === "confidential")
      actions.push(current === true ? "made_confidential" : "made_public");
    if (name === "draft" || name === "work_in_progress")
      actions.push(current === true ? "draft" : "ready");
    if (name === "labels") actions.push(...compare(previous, current, "labeled", "unlabeled"));
    if (name === "assignees") actions.push(...compare(previous, current, "assigned", "unassigned"));
    if (name === "reviewers") {
      actions.push(...compare(previous, current, "review_requested", "review_request_removed"));
      if (objects(current).some((reviewer) => reviewer["re_requested"] === true)) {
        actions.push("review_rerequested");
      }
    }
  }
  return [...new Set(actions)];
}

function compare(previous: Json, current: Json, added: string, removed: string): string[] {
  const [before, after] = [keys(previous), keys(current)];
  return [
    ...([...after].some((key) => !before.has(key)) ? [added] : []),
    ...([...before].some((key) => !after.has(key)) ? [removed] : []),
  ];
}

function keys(value: Json): Set<string> {
  return new Set(
    objects(value).map(
      (item) => identifier(item["id"]) ?? text(item["username"]) ?? text(item["title"]) ?? "",
    ),
  );
}
