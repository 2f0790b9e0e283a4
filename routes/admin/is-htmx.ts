import type { Context } from "hono";

/** Whether a part of a page asks, rather than the browser for a page. */
export function isHtmx(c: Context): boolean {
  return c.req.header("hx-request") === "true";
}
