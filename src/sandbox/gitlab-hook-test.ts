import type { HookFlag } from "../gitlab/hook-events.ts";

/** What GitLab says where there is nothing that a test could send. */
const NOTHING_TO_TEST: Partial<Record<HookFlag, string>> = {
  issues_events: "Ensure the project has issues.",
  confidential_issues_events: "Ensure the project has issues.",
  note_events: "Ensure the project has notes.",
  merge_requests_events: "Ensure the project has merge requests.",
  job_events: "Ensure the project has CI jobs.",
  pipeline_events: "Ensure the project has CI pipelines.",
  wiki_page_events: "Ensure the wiki is enabled and has pages.",
  deployment_events: "Ensure the project has deployments.",
  releases_events: "Ensure the project has releases.",
};

/**
 * What GitLab sends when a hook is tested: pushes it makes up of the last commits; of all else it takes
 * the latest that is there, and here nothing is. A text is what it says then.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/#trigger-a-test-project-webhook
 */
export function hookTest(path: string, flag: HookFlag): object | string {
  return NOTHING_TO_TEST[flag] ?? samplePush(path, flag);
}

function samplePush(path: string, flag: HookFlag): object {
  const kind = flag === "tag_push_events" ? "tag_push" : "push";
  return {
    object_kind: kind,
    event_name: kind,
    before: "95790bf891e76fee5e1747ab589903a6a1f80f22",
    after: "da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
    ref: kind === "push" ? "refs/heads/main" : "refs/tags/v1",
    user_name: "Amina Ahn",
    user_username: "amina",
    project: {
      id: 1,
      name: path.split("/").at(-1),
      web_url: `https://gitlab.example.com/${path}`,
      path_with_namespace: path,
    },
    commits: [],
    total_commits_count: 0,
  };
}
