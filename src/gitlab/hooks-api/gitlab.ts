/** GitLab's REST API, as whoever holds the token; `ask` asks with as much patience as its maker has. */
export type Gitlab = {
  /** GitLab's address, its sub-path included, without a slash at its end. */
  url: string;
  ask: <T>(path: string, request?: GitlabRequest) => Promise<GitlabAnswer<T>>;
};

/** What is asked besides the path. */
export type GitlabRequest = { method?: "GET" | "POST" | "PUT"; body?: unknown };

/** The JSON that GitLab answered, with the page of a list that comes next; or why there is none. */
export type GitlabAnswer<T> = { ok: true; value: T; nextPage: string | null } | GitlabRefused;

/** What was wrong and what to do about it, in a sentence. */
export type GitlabRefused = {
  ok: false;
  code:
    | "gitlab_unreachable"
    | "gitlab_unauthenticated"
    | "gitlab_forbidden"
    | "gitlab_not_found"
    | "gitlab_busy"
    | "gitlab_failed"
    | "gitlab_moved"
    | "gitlab_refused"
    | "not_gitlab";
  message: string;
  /** How long GitLab wants to be left alone, where it says so. */
  retryAfterSeconds?: number;
};
