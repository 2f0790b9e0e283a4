import { networkWords } from "../../words/network-words.ts";
import type { GitlabAnswer, GitlabRequest } from "./gitlab.ts";
import { refusalOfGitlab } from "./refusal-of-gitlab.ts";

/** Where GitLab is (without a slash at its end), and the token that opens it: the setting of this name. */
export type GitlabAccess = {
  url: string;
  token: string;
  tokenName: string;
  /** Whether a question goes where GitLab sends it, as it does for a path that was renamed. */
  followsReading: boolean;
};

/** Asks GitLab's API once, for `patienceMs` milliseconds at most. What is no 2xx is a value that says what to do. */
export async function askGitlab<T>(
  { url, token, tokenName, followsReading }: GitlabAccess,
  path: string,
  { method = "GET", body }: GitlabRequest,
  patienceMs: number,
): Promise<GitlabAnswer<T>> {
  let response: Response;
  try {
    response = await fetch(`${url}/api/v4${path}`, {
      method,
      headers: {
        // Not PRIVATE-TOKEN: that one would be sent on to wherever an answer redirects.
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: followsReading && method === "GET" ? "follow" : "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) return await refusalOfGitlab(response, url, tokenName);
  } catch (error) {
    const message = `GitLab at ${url} cannot be reached: ${networkWords(error, patienceMs)}. Is GITLAB_URL right, and the network up?`;
    return { ok: false, code: "gitlab_unreachable", message };
  }
  try {
    const value = (await response.json()) as T;
    return { ok: true, value, nextPage: response.headers.get("x-next-page") || null };
  } catch {
    const message = `What answers at ${url} is not GitLab's API: it sent no JSON. Is GITLAB_URL right?`;
    return { ok: false, code: "not_gitlab", message };
  }
}
