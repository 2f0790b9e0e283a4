import type { GitlabRefused } from "./gitlab.ts";

const MAX_SAID = 300;

/**
 * What an answer of GitLab's that is no 2xx means for the person who asked, with GitLab's own words
 * where they say more. `tokenName` is the setting that holds the token.
 *
 * @see https://docs.gitlab.com/api/rest/troubleshooting/
 */
export async function refusalOfGitlab(
  response: Response,
  url: string,
  tokenName: string,
): Promise<GitlabRefused> {
  const said = wordsIn(await response.text());
  const quoted = said === "" ? "" : ` It says: ${said}.`;
  const { status } = response;
  const refused = (code: GitlabRefused["code"], message: string): GitlabRefused => ({
    ok: false,
    code,
    message,
  });
  if (status === 401) {
    return refused(
      "gitlab_unauthenticated",
      `GitLab at ${url} does not take ${tokenName}. It may have expired, or be of another GitLab: make an access token with the scope api.`,
    );
  }
  if (status === 403) {
    return refused(
      "gitlab_forbidden",
      /insufficient_scope/.test(said)
        ? `${tokenName} may not do this: it needs the scope api.`
        : `GitLab does not let the owner of ${tokenName} see or change webhooks here: that takes the role Maintainer in a project, and Owner (with Premium or Ultimate) in a group.`,
    );
  }
  if (status === 404) {
    return refused(
      "gitlab_not_found",
      `GitLab has no such thing, or does not show it to the owner of ${tokenName}.${quoted}`,
    );
  }
  if (status === 429) {
    const busy = refused("gitlab_busy", "GitLab takes no more requests for now. Try again later.");
    const wait = response.headers.get("retry-after");
    return wait ? { ...busy, retryAfterSeconds: Number(wait) } : busy;
  }
  if (status >= 500) {
    return refused("gitlab_failed", `GitLab failed (${status}). Try again later.`);
  }
  if (status >= 300 && status < 400) {
    return refused(
      "gitlab_moved",
      `GitLab sends this elsewhere (${status}). Is GITLAB_URL the address that people use, and is the path today's?`,
    );
  }
  return refused("gitlab_refused", `GitLab refused this (${status}).${quoted}`);
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
