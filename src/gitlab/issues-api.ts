import { errorInWords } from "../words/error-in-words.ts";
import { field, isObject, number, objects, text, type Json } from "../json.ts";
import type { Failure } from "../slack/answer.ts";
import { retryAfterMs } from "../slack/classify-error.ts";
import { withTimeout } from "../slack/with-timeout.ts";

/** An issue to be made. `marker` is a text that is part of the description and of no other issue's. */
export type IssueDraft = {
  /** A path: `group/project`. */
  project: string;
  title: string;
  description: string;
  labels: string[];
  confidential: boolean;
  marker: string;
};

/** An issue as it is in GitLab; `found` when it was there before. */
export type MadeIssue = {
  url: string;
  iid: number;
  title: string;
  /** `group/project#12` */
  reference: string;
  found: boolean;
};

/** What became of one attempt, as a decision for the queue: see {@link Failure}. */
export type IssueAnswer =
  | Failure
  | { outcome: "delivered"; issue: MadeIssue; status: number; said: string };

/** Where issues are made, and as whom. `url` may have a sub-path and a slash at its end. */
export type GitlabAccess = { url: string; token: string };

const MAX_TITLE_CHARACTERS = 255;
/** The documentation says characters; GitLab's model counts bytes. */
const MAX_DESCRIPTION_BYTES = 1_048_576;
const MAX_SAID_CHARACTERS = 300;
const PER_PAGE = 100;
const MAX_PAGES = 10;
/** How far GitLab's clock may be behind ours. */
const CLOCK_DIFFERENCE_MS = 3_600_000;

const NOT_GITLAB = {
  outcome: "blocked",
  cause: "configuration",
  code: "not_gitlab",
  fix: "GITLAB_URL does not lead to GitLab's API. Check its address, sub-path included, and what stands before it: a login page, or a proxy that decodes %2F.",
} as const;

const SET_TOKEN = "npx wrangler secret put GITLAB_API_TOKEN";

/**
 * Makes an issue, or finds the one that an earlier attempt made: the same draft never makes two,
 * as long as one attempt runs at a time and GitLab has finished with it: one that is cut off after 5
 * seconds may still be at work there, for up to a minute. Failures are answers, not exceptions.
 *
 * `since`: when the first attempt may have started (ms); null when this is the first attempt: then
 * nothing needs to be looked for. Where looking fails, nothing is made.
 *
 * `blocked` comes with the codes `not_gitlab`, `gitlab_token_refused`, `gitlab_insufficient_scope`,
 * `gitlab_forbidden`, `gitlab_project_not_found` and `gitlab_project_moved`.
 *
 * @see https://docs.gitlab.com/api/issues/#create-an-issue
 * @see https://docs.gitlab.com/api/rest/troubleshooting/#status-codes
 */
export async function makeIssue(
  draft: IssueDraft,
  gitlab: GitlabAccess,
  since: number | null,
): Promise<IssueAnswer> {
  if (!URL.canParse(gitlab.url)) {
    return { ...NOT_GITLAB, status: null, said: "GITLAB_URL is not a URL" };
  }
  const earlier = since === null ? null : await findIssue(draft, gitlab, since);
  return earlier ?? (await createIssue(draft, gitlab));
}

/**
 * The issue of an earlier attempt; null when there is none; another answer when that is not known.
 *
 * @see https://docs.gitlab.com/api/issues/#list-project-issues
 */
async function findIssue(
  draft: IssueDraft,
  gitlab: GitlabAccess,
  since: number,
): Promise<IssueAnswer | null> {
  const query = new URLSearchParams({
    scope: "created_by_me",
    created_after: new Date(since - CLOCK_DIFFERENCE_MS).toISOString(),
    order_by: "created_at",
    sort: "asc",
    per_page: String(PER_PAGE),
    page: "1",
  });
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const reply = await call(`${addressOf(draft, gitlab)}?${query.toString()}`, gitlab, {
      method: "GET",
    });
    if (reply.status !== 200 || !Array.isArray(reply.body)) return notFound(reply);
    const issue = objects(reply.body).find((each) =>
      text(each["description"])?.includes(draft.marker),
    );
    const made = issue === undefined ? null : readIssue(issue, draft, true);
    if (made !== null) return delivered(made, reply.status);
    const next = reply.headers.get("x-next-page") ?? "";
    if (next === "") return null;
    query.set("page", next);
  }
  const said = `this token made more than ${MAX_PAGES * PER_PAGE} issues since the first attempt`;
  return { outcome: "retry", maybePosted: false, status: 200, said };
}

/** A search that GitLab refuses says nothing about the issue: that is not refused with it. */
function notFound(reply: Reply): Failure {
  const answer = classify(reply, false);
  if (answer.outcome !== "refused") return answer;
  return { outcome: "retry", maybePosted: false, status: reply.status, said: reply.said };
}

async function createIssue(draft: IssueDraft, gitlab: GitlabAccess): Promise<IssueAnswer> {
  const reply = await call(addressOf(draft, gitlab), gitlab, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      title: cutTitle(draft.title),
      description: cutDescription(draft),
      labels: draft.labels.join(","),
      confidential: draft.confidential,
    }),
  });
  const made = reply.status === 201 ? readIssue(reply.body, draft, false) : null;
  return made === null ? classify(reply, true) : delivered(made, 201);
}

function addressOf(draft: IssueDraft, { url }: GitlabAccess): string {
  const project = encodeURIComponent(draft.project.toWellFormed());
  return `${url.replace(/(?<!\/)\/+$/, "")}/api/v4/projects/${project}/issues`;
}

/** By code points, as GitLab counts. */
function cutTitle(title: string): string {
  const characters = Array.from(title);
  if (characters.length <= MAX_TITLE_CHARACTERS) return title;
  return `${characters.slice(0, MAX_TITLE_CHARACTERS - 1).join("")}…`;
}

/** Whatever is cut away, the marker stays: without it a second attempt would make a second issue. */
function cutDescription({ description, marker }: IssueDraft): string {
  const cut = cutBytes(description, MAX_DESCRIPTION_BYTES);
  if (cut.includes(marker)) return cut;
  const end = `\n\n${marker}`;
  return cutBytes(description, MAX_DESCRIPTION_BYTES - new TextEncoder().encode(end).length) + end;
}

function cutBytes(value: string, max: number): string {
  // No character of a string takes more than three bytes.
  if (value.length * 3 <= max) return value;
  return value.slice(0, new TextEncoder().encodeInto(value, new Uint8Array(max)).read);
}

/** What GitLab said. `status` is null when there was no answer, `body` where it was not JSON. */
type Reply = { status: number | null; headers: Headers; isJson: boolean; body: Json; said: string };

async function call(url: string, gitlab: GitlabAccess, init: RequestInit): Promise<Reply> {
  const headers = new Headers(init.headers);
  try {
    headers.set("private-token", gitlab.token);
    return await withTimeout(async (signal) => {
      const response = await fetch(url, { ...init, headers, redirect: "manual", signal });
      const isJson = /^application\/(\w+\+)?json\b/.test(
        response.headers.get("content-type") ?? "",
      );
      const body = isJson ? parse(await response.text()) : null;
      const said = withoutToken(describe(response, body), gitlab);
      return { status: response.status, headers: response.headers, isJson, body, said };
    });
  } catch (error) {
    const said = withoutToken(errorInWords(error), gitlab);
    return { status: null, headers: new Headers(), isJson: false, body: null, said };
  }
}

function parse(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return null;
  }
}

/**
 * What an answer that is no issue means.
 *
 * @see https://docs.gitlab.com/api/rest/troubleshooting/#status-codes
 */
function classify(reply: Reply, isPost: boolean): Failure {
  const { status, said } = reply;
  if (status === null || status >= 500 || status === 408) {
    return { outcome: "retry", maybePosted: isPost, status, said };
  }
  if (status === 429) return { outcome: "wait", afterMs: patienceMs(reply.headers), status, said };
  if (status === 413) return { outcome: "refused", status, said };
  const blocked = { outcome: "blocked", status, said } as const;
  // "405 Non GET methods are not allowed for moved projects"; a GET is redirected to the project's id.
  if (status === 405 || /\/api\/v4\/projects\/\d+\//.test(reply.headers.get("location") ?? "")) {
    return {
      ...blocked,
      cause: "target",
      code: "gitlab_project_moved",
      fix: "The project was renamed or moved. Write its new path in the mapping.",
    };
  }
  if (!reply.isJson || (status >= 300 && status < 400)) {
    return { ...NOT_GITLAB, status, said };
  }
  // It may be made: the next attempt will look for it.
  if (status < 300) return { outcome: "retry", maybePosted: isPost, status, said };
  if (status === 401) {
    return {
      ...blocked,
      cause: "auth",
      code: "gitlab_token_refused",
      fix: `The token expired or was revoked. Create a new access token with the scope api in GitLab and store it: ${SET_TOKEN}.`,
    };
  }
  if (status === 403 && field(reply.body, "error") === "insufficient_scope") {
    return {
      ...blocked,
      cause: "auth",
      code: "gitlab_insufficient_scope",
      fix: `The token lacks the scope api. Create a new access token with the scope api in GitLab and store it: ${SET_TOKEN}.`,
    };
  }
  if (status === 403) {
    return {
      ...blocked,
      cause: "auth",
      code: "gitlab_forbidden",
      fix: "The token's owner may not create issues there. Give them the role Reporter in the project, and see that its issues are turned on and that it is not archived.",
    };
  }
  if (status === 404) {
    return {
      ...blocked,
      cause: "target",
      code: "gitlab_project_not_found",
      fix: "The project does not exist, or the token's owner cannot see it. Check its path in the mapping, or invite the owner of GITLAB_API_TOKEN to the project.",
    };
  }
  return { outcome: "refused", status, said };
}

/**
 * How long a 429 asks to wait; null when it does not say. `RateLimit-Reset` (Unix time) is on every
 * answer and counts requests only: with requests left, another limit was hit, that of issues made.
 *
 * @see https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/#response-headers
 */
function patienceMs(headers: Headers): number | null {
  const afterMs = retryAfterMs(headers);
  if (afterMs !== null || Number(headers.get("ratelimit-remaining") ?? 0) > 0) return afterMs;
  const resetMs = Number(headers.get("ratelimit-reset") || Number.NaN) * 1000 - Date.now();
  return resetMs <= 86_400_000 ? Math.max(1000, resetMs) : null;
}

/** GitLab's words: `message` is a text or an object of lists, `error` comes from its gate. */
function describe(response: Response, body: Json): string {
  const message = field(body, "message");
  if (isObject(message)) {
    return Object.entries(message)
      .map(([name, value]) => `${name} ${[value].flat().map(words).join(", ")}`)
      .join("; ");
  }
  const said = [message, field(body, "error"), field(body, "error_description")]
    .map(text)
    .filter((each) => each !== null)
    .join(": ");
  if (said !== "") return said;
  const location = URL.parse(response.headers.get("location") ?? "", response.url || undefined);
  const type = response.headers.get("content-type")?.split(";")[0] ?? "";
  return [`HTTP ${response.status}`, location === null ? type : `to ${location.host}`]
    .filter((each) => each !== "")
    .join(" ");
}

function words(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function withoutToken(said: string, { token }: GitlabAccess): string {
  const secret = token.trim();
  const safe = secret === "" ? said : said.replaceAll(secret, "…");
  return safe.replace(/\s+/g, " ").slice(0, MAX_SAID_CHARACTERS);
}

function readIssue(body: Json, draft: IssueDraft, found: boolean): MadeIssue | null {
  const url = text(field(body, "web_url"));
  const iid = number(field(body, "iid"));
  if (url === null || iid === null) return null;
  const reference = text(field(body, "references", "full")) ?? `${draft.project}#${iid}`;
  return { url, iid, title: text(field(body, "title")) ?? draft.title, reference, found };
}

function delivered(issue: MadeIssue, status: number): IssueAnswer {
  const said = `${issue.found ? "an earlier attempt made" : "made"} ${issue.reference}`;
  return { outcome: "delivered", issue, status, said: said.slice(0, MAX_SAID_CHARACTERS) };
}
