import type { Event } from "../event.ts";
import { durationText } from "./duration.ts";

/** What a workflow's variables of these names are filled with, for an event of one kind. */
export function kindVariables(details: Event["details"]): Record<string, string | number | null> {
  switch (details.of) {
    case "issue":
      return {
        issue_type: details.type,
        due_date: details.dueDate,
        weight: details.weight,
        health_status: details.healthStatus,
      };
    case "merge_request":
      return {
        target_branch: details.targetBranch,
        fork: details.fork,
        draft: details.draft ? "draft" : null,
        commit: details.lastCommit?.title ?? null,
        commit_url: details.lastCommit?.url ?? null,
      };
    case "note":
      return { file: details.file, line: details.line };
    case "pipeline":
      return {
        pipeline_id: details.id,
        duration: details.duration === null ? null : durationText(details.duration),
        failed_jobs: details.failedJobs.map(({ name }) => name).join(", "),
        merge_request: details.mergeRequest?.title ?? null,
        merge_request_url: details.mergeRequest?.url ?? null,
        commit: details.commit?.title ?? null,
        commit_url: details.commit?.url ?? null,
      };
    case "job":
      return {
        failure_reason: details.failureReason?.replaceAll("_", " ") ?? null,
        duration: details.duration === null ? null : durationText(details.duration),
        pipeline_id: details.pipeline?.id ?? null,
        pipeline_url: details.pipeline?.url ?? null,
        commit: details.commit?.title ?? null,
        commit_url: details.commit?.url ?? null,
      };
    case "deployment":
      return {
        tier: details.tier,
        environment_url: details.environmentUrl,
        job_url: details.jobUrl,
        comment: details.comment,
        commit: details.commit?.title ?? null,
        commit_url: details.commit?.url ?? null,
      };
    case "push":
      return {
        commit_count: details.total,
        commits: details.commits.map(({ shortSha, title }) => `${shortSha} ${title}`).join("\n"),
        compare_url: details.compareUrl,
      };
    case "release":
      return { tag: details.tag, tag_url: details.tagUrl };
    case "milestone":
      return { start_date: details.startDate, due_date: details.dueDate };
    case "wiki_page":
      return { message: details.message, diff_url: details.diffUrl };
    case "emoji":
      return { emoji: details.emoji };
    case "token":
      return { expires_on: details.expiresOn };
    case "vulnerability":
      return {
        identifiers: details.identifiers.map(({ name }) => name).join(", "),
        file: details.file,
        dependency: details.dependency,
        report_type: details.reportType,
      };
    case "member":
      return {
        member: details.member?.name ?? null,
        access: details.access,
        expires_on: details.expiresOn,
      };
    case "namespace":
      return {
        old_path: details.oldPath,
        visibility: details.visibility,
        owners: details.owners.join(", "),
      };
    case "account":
      return { username: details.account?.username ?? null };
    case "repository":
      return { refs: details.refs.join(", ") };
    case "slack":
      return {
        emoji: details.emoji,
        channel: details.channel?.id ?? null,
        channel_name: details.channel?.name ?? null,
        message_url: details.message?.permalink ?? null,
      };
    case "feature_flag":
    case "unknown":
      return {};
  }
}
