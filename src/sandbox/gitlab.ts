import { Hono } from "hono";

import { createGitlabHooks, type GitlabHooks } from "./gitlab-hooks.ts";
import { type GitlabIssue, isProject, nextIssue } from "./gitlab-issues.ts";
import { pagePolicy, renderIssue } from "./gitlab-page.ts";

export type GitlabOptions = {
  now?: () => number;
  /** The access tokens that are good. By default every `glpat-…` is. */
  tokens?: readonly string[];
  /** GitLab's version. */
  version?: string;
  /** What brings webhooks to their receiver. */
  send?: (request: Request) => Promise<Response>;
};

/** What befalls the next request to the API: each serves once, the oldest first. */
type GitlabFault = {
  /** Requests of other methods pass. */
  method?: "GET" | "POST" | "PUT";
  /** Instead of GitLab's own answer. A cut is an exception, as `fetch` throws it. */
  answer?: Response | "cut";
  /** Lets GitLab do its work before its answer is replaced: an issue is made. */
  after?: boolean;
  /** How late the answer comes. */
  delayMs?: number;
};

export type Gitlab = {
  app: Hono<GitlabEnv>;
  /** Every issue that was made, in order. */
  issues: GitlabIssue[];
  faults: GitlabFault[];
  webhooks: GitlabHooks;
};

type GitlabEnv = { Variables: { user: number } };

const MAX_PER_PAGE = 100;

/**
 * A stand-in for the part of GitLab that Causeway calls: issues are listed and made in GitLab's words, and each has a
 * page at its `web_url`; so are webhooks, which are really sent. It may be mounted under any path. Projects are all under `gitlab-com/` and `acme/`, but those
 * that end in `-missing`. Each token is a user of its own; `glpat-read…` has the scope read_api only.
 *
 * @see https://docs.gitlab.com/api/issues/
 */
export function createGitlab({
  now = Date.now,
  tokens,
  version = "19.2.0",
  send = (request) => fetch(request),
}: GitlabOptions = {}): Gitlab {
  const issues: GitlabIssue[] = [];
  const faults: GitlabFault[] = [];
  const users: string[] = [];
  const webhooks = createGitlabHooks({ now, version, send });
  const app = new Hono<GitlabEnv>();

  // As in the stand-in for Slack: what breaks here should break the caller's fetch.
  app.onError((error) => {
    throw error;
  });

  app.use("/api/v4/*", async (c, next) => {
    const at = faults.findIndex(({ method = c.req.method }) => method === c.req.method);
    const [fault] = at < 0 ? [] : faults.splice(at, 1);
    if (fault === undefined) return await next();
    if (fault.after === true || fault.answer === undefined) await next();
    await pause(fault.delayMs ?? 0, c.req.raw.signal);
    if (fault.answer === "cut") throw new TypeError("Network connection lost.");
    if (fault.answer === undefined) return;
    // Hono would keep the headers of the answer that is replaced.
    c.res = undefined;
    c.res = fault.answer;
  });

  app.use("/api/v4/*", async (c, next) => {
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
    const token = c.req.header("private-token") ?? bearer ?? "";
    const isGood = tokens === undefined ? token.startsWith("glpat-") : tokens.includes(token);
    if (!isGood) return c.json({ message: "401 Unauthorized" }, 401);
    if (c.req.method !== "GET" && token.startsWith("glpat-read")) {
      return c.json(INSUFFICIENT_SCOPE, 403);
    }
    if (!users.includes(token)) users.push(token);
    c.set("user", users.indexOf(token) + 1);
    return await next();
  });

  app.use("/api/v4/projects/:id/*", async (c, next) => {
    if (!isProject(c.req.param("id"))) return c.json({ message: "404 Project Not Found" }, 404);
    return await next();
  });

  app.get("/api/v4/projects/:id/issues", (c) => {
    const query = c.req.query();
    const createdAfter = query["created_after"];
    const after = createdAfter === undefined ? -Infinity : Date.parse(createdAfter);
    if (Number.isNaN(after)) return c.json({ error: "created_after is invalid" }, 400);
    const found = issues
      .filter(({ project }) => project === c.req.param("id"))
      .filter(({ author }) => query["scope"] !== "created_by_me" || author === c.get("user"))
      .filter(({ createdAt }) => Date.parse(createdAt) >= after);
    if (query["sort"] !== "asc") found.reverse();

    const perPage = Math.min(Number(query["per_page"] ?? 20), MAX_PER_PAGE);
    const page = Number(query["page"] ?? 1);
    const isLast = page * perPage >= found.length;
    c.header("x-total", String(found.length));
    c.header("x-page", String(page));
    c.header("x-per-page", String(perPage));
    c.header("x-next-page", isLast ? "" : String(page + 1));
    const shown = found.slice((page - 1) * perPage, page * perPage);
    return c.json(shown.map((issue) => present(issue, baseOf(c.req.url))));
  });

  app.post("/api/v4/projects/:id/issues", async (c) => {
    const fields: unknown = await c.req.json().catch(() => null);
    if (typeof fields !== "object" || fields === null) {
      return c.json({ error: "400 Bad Request" }, 400);
    }
    if (!("title" in fields)) return c.json({ error: "title is missing" }, 400);
    const by = { author: c.get("user"), createdAt: new Date(now()).toISOString() };
    const made = nextIssue(issues, c.req.param("id"), { ...fields }, by);
    if ("errors" in made) return c.json({ message: made.errors }, 400);
    issues.push(made.issue);
    return c.json(present(made.issue, baseOf(c.req.url)), 201);
  });

  app.get("/api/v4/projects/:id/issues/:iid", (c) => {
    const issue = find(c.req.param("id"), c.req.param("iid"));
    if (issue === undefined) return c.json({ message: "404 Not found" }, 404);
    return c.json(present(issue, baseOf(c.req.url)));
  });

  app.get("/:project{.+}/-/issues/:iid", (c) => {
    const issue = find(c.req.param("project"), c.req.param("iid"));
    if (issue === undefined) return c.text("There is no such issue.", 404);
    const nonce = crypto.randomUUID();
    c.header("content-security-policy", pagePolicy(nonce));
    c.header("cache-control", "no-store");
    return c.html(renderIssue(issue, nonce));
  });

  app.route("/", webhooks.app);
  app.all("/api/v4/*", (c) => c.json({ error: "404 Not Found" }, 404));

  function find(project: string, iid: string) {
    return issues.find((each) => each.project === project && String(each.iid) === iid);
  }

  return { app, issues, faults, webhooks };
}

const INSUFFICIENT_SCOPE = {
  error: "insufficient_scope",
  error_description: "The request requires higher privileges than provided by the access token.",
  scope: "api",
};

/** The address that the stand-in was reached at, its mount path included. */
function baseOf(url: string): string {
  return url.slice(0, url.indexOf("/api/v4/"));
}

/** An issue as the API shows it. */
function present(issue: GitlabIssue, base: string) {
  const { id, iid, title, description, labels, confidential } = issue;
  return {
    id,
    iid,
    project_id: issue.projectId,
    title,
    description,
    state: "opened",
    labels,
    confidential,
    author: { id: issue.author, username: `user-${issue.author}` },
    web_url: `${base}/${issue.project}/-/issues/${iid}`,
    references: { short: `#${iid}`, relative: `#${iid}`, full: `${issue.project}#${iid}` },
    created_at: issue.createdAt,
  };
}

/** A caller that goes away takes the timer with it. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
