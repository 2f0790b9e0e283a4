import { commitFrom, type Commit } from "../commit.ts";
import type { Reading } from "../../event.ts";
import { number, objects, text, type JsonObject } from "../../json.ts";
import { inUrl, projectUrl, REF_PREFIX } from "../project-url.ts";

export type PushDetails = {
  of: "push";
  tag: boolean;
  /** What an annotated tag says. */
  message: string | null;
  /** The address of the branch or tag; null when it is gone or not known. */
  refUrl: string | null;
  /** The newest commits, newest last; GitLab sends at most 20 of them. */
  commits: Commit[];
  /** How many commits there are really. */
  total: number;
  compareUrl: string | null;
};

/**
 * Pushes to branches and of tags. What a push did to its ref is its action: a new branch is
 * `create`, commits are `update`.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events
 */
export function pushEvent(payload: JsonObject, action: string): Reading {
  const ref = text(payload["ref"]);
  const tag = ref?.startsWith("refs/tags/") ?? false;
  const name = ref?.replace(REF_PREFIX, "") ?? null;
  const newest = objects(payload["commits"]).at(-1);
  const commits = objects(payload["commits"]).flatMap((commit) => commitFrom(commit) ?? []);
  const page = tag ? "/-/tags/" : "/-/tree/";
  const refUrl =
    name === null || action === "delete" ? null : projectUrl(payload, `${page}${inUrl(name)}`);
  const compareUrl = action === "update" && !tag ? compare(payload) : null;
  const message = text(payload["message"]);
  return {
    title: name,
    url: compareUrl ?? refUrl,
    text: message ?? commits.at(-1)?.title ?? null,
    // A tag's commit may be old.
    at: tag ? null : text(newest?.["timestamp"]),
    subject: ref === null ? null : `push ${ref}`,
    ref: name,
    details: {
      of: "push",
      tag,
      message,
      refUrl,
      commits,
      total: number(payload["total_commits_count"]) ?? commits.length,
      compareUrl,
    },
  };
}

function compare(payload: JsonObject): string | null {
  const [before, after] = [text(payload["before"]), text(payload["after"])];
  if (before === null || after === null) return null;
  return projectUrl(payload, `/-/compare/${inUrl(before)}...${inUrl(after)}`);
}
