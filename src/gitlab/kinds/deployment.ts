import type { Commit } from "../commit.ts";
import type { Reading } from "../../event.ts";
import { field, identifier, text, type JsonObject } from "../../json.ts";
import { actorOf, personFrom } from "../person.ts";

export type DeploymentDetails = {
  of: "deployment";
  /** production, staging, testing, development, other. */
  tier: string | null;
  /** Where what was deployed can be seen. */
  environmentUrl: string | null;
  /** Address of the job; null for deployments by API. */
  jobUrl: string | null;
  commit: Commit | null;
  /** What the approver said. */
  comment: string | null;
};

/**
 * Deployments, with approvals (Premium): `blocked`, `approved`, `rejected` come before the rest, and
 * a rejection is followed by `failed`. Who approved is the actor of an approval.
 *
 * @see https://docs.gitlab.com/user/project/integrations/webhook_events/#deployment-events
 */
export function deploymentEvent(payload: JsonObject): Reading {
  const id = identifier(payload["deployment_id"]);
  const environment = text(payload["environment"]);
  const shortSha = text(payload["short_sha"]);
  const title = text(payload["commit_title"]);
  const jobUrl = text(payload["deployable_url"]);
  return {
    title: `Deployment to ${environment ?? "an environment"}`,
    url: jobUrl ?? text(field(payload, "project", "web_url")),
    text: title,
    at: text(payload["status_changed_at"]),
    subject: id === null ? null : `deployment ${id}`,
    actor: personFrom(payload["approver"]) ?? actorOf(payload),
    ref: text(payload["ref"]),
    status: text(payload["status"]),
    environment,
    details: {
      of: "deployment",
      tier: text(payload["environment_tier"]),
      environmentUrl: text(payload["environment_external_url"]),
      jobUrl,
      commit:
        shortSha === null && title === null
          ? null
          : { shortSha, title, url: text(payload["commit_url"]), author: null },
      comment: text(field(payload, "approval", "comment")),
    },
  };
}
