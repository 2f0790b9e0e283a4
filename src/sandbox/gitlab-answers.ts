import type { Context } from "hono";
import type { HookOwner } from "../gitlab/hook-events.ts";

/** There is no such thing, or it is none of the caller's business. */
export function notFound(c: Context, owner?: HookOwner): Response {
  const what = { project: "Project ", group: "Group " };
  return c.json({ message: `404 ${owner === undefined ? "" : what[owner]}Not Found` }, 404);
}

/** @see https://docs.gitlab.com/security/rate_limits/ */
export function tooMany(c: Context): Response {
  const error = "This endpoint has been requested too many times. Try again later.";
  return c.json({ message: { error } }, 429);
}

/** What was sent, as far as it is an object. */
export async function fieldsOf(c: Context): Promise<Record<string, unknown>> {
  const fields: unknown = await c.req.json().catch(() => null);
  return typeof fields === "object" && fields !== null ? { ...fields } : {};
}

/**
 * A page of a list, by the query's `page` and `per_page`. More than `most` at once are cut, or refused
 * where GitLab is strict about it.
 *
 * @see https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export function page(
  c: Context,
  items: unknown[],
  most: number,
  over: "cut" | "refused" = "cut",
): Response {
  const perPage = Number(c.req.query("per_page") ?? 20);
  if (over === "refused" && perPage > most) {
    return c.json({ error: "per_page does not have a valid value" }, 400);
  }
  const size = Math.min(perPage, most);
  const at = Number(c.req.query("page") ?? 1);
  c.header("x-page", String(at));
  c.header("x-per-page", String(size));
  c.header("x-next-page", at * size < items.length ? String(at + 1) : "");
  return c.json(items.slice((at - 1) * size, at * size));
}
