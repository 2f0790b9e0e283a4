import { commitFrom, type Commit } from "../commit.ts";
import type { Reading } from "../../event.ts";
import { field, identifier, number, object, objects, text, type JsonObject } from "../../json.ts";
import { projectUrl } from "../project-url.ts";

export type PipelineDetails = {
  of: "pipeline";
  id: string | null;
  /** What the configuration calls it. */
  name: string | null;
  /** GitLab's label: "passed", "passed with warnings", … */
  detailedStatus: string | null;
  tag: boolean;
  /** Whether another pipeline started it. */
  child: boolean;
  /** Seconds. */
  duration: number | null;
  /** Jobs that failed and were not retried with success; those that are allowed to fail apart. */
  failedJobs: FailedJob[];
  allowedToFail: FailedJob[];
  mergeRequest: { iid: string; title: string | null; url: string | null } | null;
  commit: Commit | null;
};

export type FailedJob = { name: string; stage: string | null; url: string | null };

/** A finished pipeline, as its Relay remembers it to compare the next one with. */
export type PipelineResult = {
  /** Which ref of which project, as one text. */
  ref: string;
  pipeline: number;
  status: "success" | "failed";
};

/**
 * Pipelines. GitLab 19 says in `ref_status_name` how a ref's pipeline compares with the one before.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events
 */
export function pipelineEvent(payload: JsonObject): Reading {
  const attributes = object(payload["object_attributes"]);
  const id = identifier(attributes["id"]);
  const said = text(attributes["ref"]);
  // A merge request pipeline has a ref of its own, which nobody knows; people think of the branch.
  const branch = text(field(payload, "merge_request", "source_branch"));
  const ref = said?.startsWith("refs/merge-requests/") === true ? (branch ?? said) : said;
  const mergeRequest = mergeRequestOf(payload);
  const of = mergeRequest === null ? ref : mergeRequestTitle(mergeRequest);
  const failed = failedJobs(payload);
  const failedJobsThatCount = failed.filter((job) => job["allow_failure"] !== true);
  return {
    title: `Pipeline${id === null ? "" : ` #${id}`}${of === null ? "" : ` of ${of}`}`,
    url:
      text(attributes["url"]) ?? (id === null ? null : projectUrl(payload, `/-/pipelines/${id}`)),
    text: text(field(payload, "commit", "title")) ?? text(field(payload, "commit", "message")),
    at: text(attributes["finished_at"]) ?? text(attributes["created_at"]),
    subject: id === null ? null : `pipeline ${id}`,
    ref,
    status: text(attributes["status"]) ?? "unknown",
    stages: [...new Set(failedJobsThatCount.flatMap((job) => text(job["stage"]) ?? []))],
    source: text(attributes["source"]),
    details: {
      of: "pipeline",
      id,
      name: text(attributes["name"]),
      detailedStatus: text(attributes["detailed_status"]),
      tag: attributes["tag"] === true,
      child: isChild(payload),
      duration: number(attributes["duration"]),
      failedJobs: failedJobsThatCount.map((job) => failedJob(payload, job)),
      allowedToFail: failed
        .filter((job) => job["allow_failure"] === true)
        .map((job) => failedJob(payload, job)),
      mergeRequest,
      commit: commitFrom(payload["commit"]),
    },
  };
}

/**
 * What a Relay remembers of a pipeline: its result, when it has one that says something about its
 * ref and GitLab does not compare by itself. Child pipelines are a part of their parent's.
 *
 * @see https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/models/concerns/enums/ci/pipeline.rb
 */
export function pipelineResultOf(payload: JsonObject): PipelineResult | null {
  const attributes = object(payload["object_attributes"]);
  if (text(payload["object_kind"]) !== "pipeline") return null;
  if (APART.includes(text(attributes["source"]) ?? "")) return null;
  if (text(attributes["ref_status_name"]) !== null) return null;
  const status = text(attributes["status"]);
  const pipeline = number(attributes["id"]);
  const ref = text(attributes["ref"]);
  const project = identifier(field(payload, "project", "id"));
  if ((status !== "success" && status !== "failed") || pipeline === null) return null;
  if (ref === null || project === null) return null;
  return {
    ref: `${project} ${attributes["tag"] === true ? "tag" : "branch"} ${ref}`,
    pipeline,
    status,
  };
}

/** What starts pipelines that say nothing of their ref: GitLab's "dangling" sources. */
const APART = [
  ..."webide parent_pipeline ondemand_dast_scan ondemand_dast_validation duo_workflow".split(" "),
  ..."security_orchestration_policy container_registry_push".split(" "),
  "pipeline_execution_policy_schedule",
];

function isChild(payload: JsonObject): boolean {
  return field(payload, "object_attributes", "source") === "parent_pipeline";
}

/** The failed jobs; of one that is listed with its retries, only the last run counts. */
function failedJobs(payload: JsonObject): JsonObject[] {
  const last = new Map<string, JsonObject>();
  for (const job of objects(payload["builds"])) {
    const name = text(job["name"]) ?? "";
    const known = last.get(name);
    if (known === undefined || (number(job["id"]) ?? 0) > (number(known["id"]) ?? 0)) {
      last.set(name, job);
    }
  }
  return [...last.values()].filter((job) => job["status"] === "failed");
}

function failedJob(payload: JsonObject, job: JsonObject): FailedJob {
  const id = identifier(job["id"]);
  return {
    name: text(job["name"]) ?? "a job",
    stage: text(job["stage"]),
    url: id === null ? null : projectUrl(payload, `/-/jobs/${id}`),
  };
}

/** The merge request of a merge request pipeline, whose ref says nothing to people. */
function mergeRequestOf(payload: JsonObject): PipelineDetails["mergeRequest"] {
  const mergeRequest = object(payload["merge_request"]);
  const iid = identifier(mergeRequest["iid"]);
  if (iid === null) return null;
  return { iid, title: text(mergeRequest["title"]), url: text(mergeRequest["url"]) };
}

function mergeRequestTitle({ iid, title }: { iid: string; title: string | null }): string {
  return `!${iid}${title === null ? "" : ` ${title}`}`;
}
