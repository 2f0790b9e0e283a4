import { commitFrom, type Commit } from "../commit.ts";
import type { Reading } from "../../event.ts";
import { identifier, number, object, text, type Json, type JsonObject } from "../../json.ts";
import { projectUrl } from "../project-url.ts";

export type JobDetails = {
  of: "job";
  name: string | null;
  stage: string | null;
  /** Why it failed, in GitLab's word, such as `script_failure`; null when it did not. */
  failureReason: string | null;
  allowedToFail: boolean;
  /** Seconds. */
  duration: number | null;
  /** How often it was started again. */
  retries: number;
  pipeline: { id: string; url: string | null } | null;
  tag: boolean;
  commit: Commit | null;
};

/**
 * Jobs, which GitLab calls builds. A body has no address of the job, and its `commit.id` is the id
 * of the pipeline.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#job-events
 */
export function jobEvent(payload: JsonObject): Reading {
  // Very old versions call the fields job_name and so on.
  const said = (name: string): Json => payload[`build_${name}`] ?? payload[`job_${name}`] ?? null;
  const id = identifier(said("id"));
  const stage = text(said("stage"));
  const status = text(said("status"));
  const reason = text(said("failure_reason"));
  const pipelineId = identifier(payload["pipeline_id"]);
  const sha = text(payload["sha"]);
  const commit = commitFrom({ ...object(payload["commit"]), ...(sha === null ? {} : { sha }) });
  return {
    title: text(said("name")),
    url: id === null ? null : projectUrl(payload, `/-/jobs/${id}`),
    text: commit?.title ?? null,
    at: text(said("finished_at")) ?? text(said("started_at")) ?? text(said("created_at")),
    subject: id === null ? null : `job ${id}`,
    ref: text(payload["ref"]),
    status,
    environment: text(object(payload["environment"])["name"]),
    stages: stage === null ? [] : [stage],
    details: {
      of: "job",
      name: text(said("name")),
      stage,
      failureReason: status === "failed" ? reason : null,
      allowedToFail: said("allow_failure") === true,
      duration: number(said("duration")),
      retries: number(payload["retries_count"]) ?? 0,
      pipeline:
        pipelineId === null
          ? null
          : { id: pipelineId, url: projectUrl(payload, `/-/pipelines/${pipelineId}`) },
      tag: payload["tag"] === true,
      commit: commit === null ? null : { ...commit, url: commitUrl(payload, sha) },
    },
  };
}

function commitUrl(payload: JsonObject, sha: string | null): string | null {
  return sha === null ? null : projectUrl(payload, `/-/commit/${sha}`);
}
