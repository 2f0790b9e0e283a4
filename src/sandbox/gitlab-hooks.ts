import { Hono, type Context } from "hono";
import { isWithin } from "../gitlab/event-path.ts";
import { HOOK_FLAGS, type HookFlag, type HookOwner } from "../gitlab/hook-events.ts";
import { fieldsOf, notFound, page, tooMany } from "./gitlab-answers.ts";
import { deliverToHook, triggerOf, type HookEvent, type Send } from "./gitlab-hook-delivery.ts";
import {
  countOutcome,
  editHook,
  newHook,
  presentHook,
  statusOf,
  type GitlabHook,
} from "./gitlab-hook.ts";
import { hookTest } from "./gitlab-hook-test.ts";
import { isProject } from "./gitlab-issues.ts";

export type GitlabHooksOptions = {
  now: () => number;
  /** GitLab's version; before 19 hooks cannot sign. */
  version: string;
  /** What brings webhooks to their receiver. */
  send: Send;
};

export type GitlabHooks = {
  app: Hono;
  hooks: GitlabHook[];
  /** What each hook sent, the oldest first. */
  sent: Map<GitlabHook, HookEvent[]>;
  /**
   * Something happens in a project: every hook that wants it, its groups' included, sends it.
   * Nothing is sent to a hook that is disabled; GitLab does not make up for it either.
   */
  fire: (path: string, flag: HookFlag, data: unknown) => Promise<HookEvent[]>;
};

const PER_MINUTE = 5;
const MAX_PER_PAGE = 100;
const MAX_EVENTS_PER_PAGE = 20;

/**
 * GitLab's webhooks: made, edited, listed, tested and sent again through the API, and really sent.
 * Groups are `gitlab-com`, `acme` and what ends in `support` or `-group`; of what ends in `-locked`
 * the token's owner is no maintainer; all other paths are projects. URLs of the own machine are taken.
 *
 * @see https://docs.gitlab.com/api/project_webhooks/
 * @see https://docs.gitlab.com/api/group_webhooks/
 */
export function createGitlabHooks({ now, version, send }: GitlabHooksOptions): GitlabHooks {
  const hooks: GitlabHook[] = [];
  const sent = new Map<GitlabHook, HookEvent[]>();
  const paths: string[] = [];
  const counted = new Map<string, number[]>();
  const app = new Hono();
  const canSign = Number.parseInt(version, 10) >= 19;
  let lastHook = 0;
  let lastEvent = 0;

  app.get("/api/v4/version", (c) => c.json({ version, revision: "0000000" }));
  app.get("/api/v4/metadata", (c) => c.json({ version, revision: "0000000", enterprise: true }));
  app.get("/api/v4/groups/:id/projects", (c) => {
    const below = knownBelow("project", c.req.param("id"));
    return page(
      c,
      below.map((path) => ({ id: idOf(path), path_with_namespace: path })),
      MAX_PER_PAGE,
    );
  });
  app.get("/api/v4/groups/:id/descendant_groups", (c) => {
    const below = knownBelow("group", c.req.param("id"));
    return page(
      c,
      below.map((path) => ({ id: idOf(path), full_path: path })),
      MAX_PER_PAGE,
    );
  });
  for (const owner of ["project", "group"] as const) {
    app.get(`/api/v4/${owner}s/:id`, (c) => {
      const path = c.req.param("id");
      if (!exists(owner, path)) return notFound(c, owner);
      const base = c.req.url.slice(0, c.req.url.indexOf("/api/v4/"));
      return owner === "project"
        ? c.json({ id: idOf(path), path_with_namespace: path, web_url: `${base}/${path}` })
        : c.json({ id: idOf(path), full_path: path, web_url: `${base}/groups/${path}` });
    });

    app.use(`/api/v4/${owner}s/:id/hooks/*`, async (c, next) => {
      const path = c.req.param("id");
      if (!exists(owner, path)) return notFound(c, owner);
      if (path.endsWith("-locked")) return c.json({ message: "403 Forbidden" }, 403);
      return await next();
    });

    app.get(`/api/v4/${owner}s/:id/hooks`, (c) => {
      const of = hooks.filter((hook) => hook.owner === owner && hook.path === c.req.param("id"));
      return page(c, of.map(present), MAX_PER_PAGE);
    });

    app.post(`/api/v4/${owner}s/:id/hooks`, async (c) => {
      const fields = await fieldsOf(c);
      if (fields["url"] === undefined) return c.json({ error: "url is missing" }, 400);
      const createdAt = new Date(now()).toISOString();
      const hook = newHook({ id: lastHook + 1, owner, path: c.req.param("id"), createdAt });
      const refusal = editHook(hook, fields, canSign);
      if (refusal !== null) return c.json(refusal.body, refusal.status);
      lastHook += 1;
      hooks.push(hook);
      return c.json(present(hook), 201);
    });

    app.get(`/api/v4/${owner}s/:id/hooks/:hook`, (c) => {
      const hook = find(owner, c.req.param("id"), c.req.param("hook"));
      return hook === undefined ? notFound(c) : c.json(present(hook));
    });

    app.put(`/api/v4/${owner}s/:id/hooks/:hook`, async (c) => {
      const hook = find(owner, c.req.param("id"), c.req.param("hook"));
      if (hook === undefined) return notFound(c);
      const refusal = editHook(hook, await fieldsOf(c), canSign);
      return refusal === null ? c.json(present(hook)) : c.json(refusal.body, refusal.status);
    });

    app.get(`/api/v4/${owner}s/:id/hooks/:hook/events`, (c) => {
      const hook = find(owner, c.req.param("id"), c.req.param("hook"));
      if (hook === undefined) return notFound(c);
      const wanted = c.req.query("status")?.split(",");
      const events = (sent.get(hook) ?? []).toReversed();
      const shown = events.filter((event) => wanted?.some((each) => isStatus(event, each)) ?? true);
      return page(c, shown, MAX_EVENTS_PER_PAGE, "refused");
    });

    app.post(`/api/v4/${owner}s/:id/hooks/:hook/events/:event/resend`, async (c) => {
      const hook = find(owner, c.req.param("id"), c.req.param("hook"));
      if (hook === undefined) return notFound(c);
      if (isTooOften(c, "resend")) return tooMany(c);
      const id = Number(c.req.param("event"));
      const event = sent.get(hook)?.find((each) => each.id === id);
      if (event === undefined) return notFound(c);
      if (event.url !== hook.url) {
        const message = "The hook URL has changed, and this log entry cannot be retried";
        return c.json({ message }, 422);
      }
      if (statusOf(hook, now()) !== "executable") return c.json({ message: "Hook disabled" }, 422);
      const key = event.request_headers["Idempotency-Key"] ?? "";
      const again = await deliver(hook, event.trigger, event.request_data, key);
      return again.response_status === "internal error"
        ? c.json({ message: "Failed to open TCP connection" }, 422)
        : c.json({ response_status: Number(again.response_status) }, 201);
    });

    app.post(`/api/v4/${owner}s/:id/hooks/:hook/test/:trigger`, async (c) => {
      const hook = find(owner, c.req.param("id"), c.req.param("hook"));
      if (hook === undefined) return notFound(c);
      const flag = HOOK_FLAGS.find((each) => each === c.req.param("trigger"));
      if (flag === undefined) return c.json({ error: "trigger does not have a valid value" }, 400);
      if (isTooOften(c, "test")) return tooMany(c);
      const data = hookTest(hook.path, flag);
      if (typeof data === "string") return c.json({ message: data }, 422);
      const result = await deliver(hook, triggerOf(flag), data);
      const success = result.response_status.startsWith("2");
      return success
        ? c.json({ message: "201 Created" }, 201)
        : c.json({ message: result.response_body }, 422);
    });
  }

  function find(owner: HookOwner, path: string, id: string): GitlabHook | undefined {
    return hooks.find(
      (hook) => hook.owner === owner && hook.path === path && String(hook.id) === id,
    );
  }

  function present(hook: GitlabHook) {
    return presentHook(hook, idOf(hook.path), canSign, now());
  }

  /** Any path is there, and those that were asked for are listed. */
  function knownBelow(owner: HookOwner, group: string): string[] {
    return paths.filter((path) => path !== group && isWithin(path, group) && exists(owner, path));
  }

  function idOf(path: string): number {
    if (!paths.includes(path)) paths.push(path);
    return paths.indexOf(path) + 1;
  }

  async function deliver(hook: GitlabHook, trigger: string, data: unknown, key?: string) {
    lastEvent += 1;
    const delivery = { trigger, data, ...(key === undefined ? {} : { key }) };
    const around = { id: lastEvent, version, now: now(), send };
    const event = await deliverToHook(hook, delivery, around);
    sent.set(hook, [...(sent.get(hook) ?? []), event]);
    countOutcome(hook, /^[23]/.test(event.response_status), now());
    return event;
  }

  /** GitLab counts by project or group and user. */
  function isTooOften(c: Context, what: string): boolean {
    const key = `${what} ${c.req.path.split("/hooks/")[0]} ${c.req.header("authorization")}`;
    const recent = (counted.get(key) ?? []).filter((at) => at > now() - 60_000);
    if (recent.length >= PER_MINUTE) return true;
    counted.set(key, [...recent, now()]);
    return false;
  }

  return {
    app,
    hooks,
    sent,
    async fire(path, flag, data) {
      const wanting = hooks.filter(
        (hook) =>
          hook.flags[flag] &&
          (hook.path === path || (hook.owner === "group" && isWithin(path, hook.path))),
      );
      const events: HookEvent[] = [];
      for (const hook of wanting) {
        if (statusOf(hook, now()) !== "executable") continue;
        events.push(await deliver(hook, triggerOf(flag), data));
      }
      return events;
    },
  };
}

function exists(owner: HookOwner, path: string): boolean {
  const isGroup = /^(gitlab-com|acme)(\/(.*[/-])?(support|group))?$/.test(path);
  return owner === "group" ? isGroup : isProject(path) && !isGroup;
}

function isStatus({ response_status: status }: HookEvent, wanted: string): boolean {
  switch (wanted) {
    case "successful":
      return status.startsWith("2");
    case "client_failure":
      return status.startsWith("4");
    case "server_failure":
      return status.startsWith("5") || status === "internal error";
    default:
      return status === wanted;
  }
}
