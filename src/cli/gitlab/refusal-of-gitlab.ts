import { Refusal } from "../terminal/refusal.ts";

const MAX_SAID = 300;

/**
 * What an answer of GitLab's that is no 2xx means for the person who asked, with GitLab's own words
 * where they say more.
 *
 * @see https://docs.gitlab.com/api/rest/troubleshooting/
 */
export async function refusalOfGitlab(response: Response, url: string): Promise<Refusal> {
  const said = wordsIn(await response.text());
  const quoted = said === "" ? "" : ` It says: ${said}.`;
  const { status } = response;
  if (status === 401) {
    return new Refusal(
      "gitlab_unauthenticated",
      `GitLab at ${url} does not take GITLAB_TOKEN. It may have expired, or be of another GitLab: make an access token with the scope api.`,
    );
  }
  if (status === 403) {
    return new Refusal(
      "gitlab_forbidden",
      /insufficient_scope/.test(said)
        ? "GITLAB_TOKEN may not do this: it needs the scope api."
        : "GitLab does not let the owner of GITLAB_TOKEN see or change webhooks here: that takes the role Maintainer in a project, and Owner (with Premium or Ultimate) in a group.",
    );
  }
  if (status === 404) {
    return new Refusal(
      "gitlab_not_found",
      `GitLab has no such thing, or does not show it to the owner of GITLAB_TOKEN.${quoted}`,
    );
  }
  if (status === 429) {
    return new Refusal("gitlab_busy", "GitLab takes no more requests for now. Try again later.");
  }
  if (status >= 500) {
    return new Refusal("gitlab_failed", `GitLab failed (${status}). Try again later.`);
  }
  if (status >= 300 && status < 400) {
    return new Refusal(
      "gitlab_moved",
      `GitLab sends this elsewhere (${status}). Is GITLAB_URL the address that people use, and is the path today's?`,
    );
  }
  return new Refusal("gitlab_refused", `GitLab refused this (${status}).${quoted}`);
}

/** GitLab says what is wrong as `message` or `error`, which may be texts, lists or objects of lists. */
function wordsIn(body: string): string {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown };
    return inWords(message ?? error)
      .slice(0, MAX_SAID)
      .replace(/\.$/, "");
  } catch {
    return "";
  }
}

function inWords(said: unknown): string {
  if (typeof said === "string") return said;
  if (Array.isArray(said)) return said.map(inWords).join(", ");
  if (typeof said !== "object" || said === null) return "";
  return Object.entries(said)
    .map(([name, words]) => (name === "error" ? inWords(words) : `${name} ${inWords(words)}`))
    .join("; ");
}
