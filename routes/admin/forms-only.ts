import type { Context } from "hono";
import { createAdmin, type AdminEnv } from "./create-admin.ts";
import { say } from "./say.ts";

/**
 * Paths that only forms are sent to. A way to sign in that stands before the Worker, as Cloudflare Access,
 * comes back from there as from a page, without the form.
 */
export const formsOnly = createAdmin()
  .get("/rules/switch", (c) => without(c, "/admin/mappings"))
  .get("/failed/retry", (c) => without(c, "/admin/failed"))
  .get("/people/remove", (c) => without(c, "/admin/people"))
  .get("/hooks/enable", (c) => without(c, "/admin/hooks"))
  .get("/destinations/:name/resume", (c) => without(c, "/admin/destinations"));

function without(c: Context<AdminEnv>, page: string): Response {
  say(
    c,
    "bad",
    "Nothing was changed: what you pressed got lost on the way, as when a sign-in has ended. Press it again.",
  );
  return c.redirect(page, 303);
}
