import type { Context } from "hono";
import { backTo } from "../../src/console/back-to.ts";
import { renewed } from "../../src/console/session.ts";
import { roleTokens } from "../../src/console/way-in.ts";
import { closed } from "./closed.tsx";
import { admin, type AdminEnv } from "./create-admin.ts";
import { isEditor } from "./is-editor.ts";
import { isHtmx } from "./is-htmx.ts";
import { ended, refused } from "./refused.tsx";
import { keepSession } from "./session-cookie.ts";
import { whoIsThere } from "./who-is-there.ts";

/** Lets in who is signed in, as `visitor`; others are asked to sign in, or told why they cannot. */
export const signedIn = admin.createMiddleware(async function signedIn(c, next) {
  const now = Date.now();
  const caller = await whoIsThere(c, now);
  switch (caller.state) {
    case "closed":
      return await closed(c, caller.why);
    case "out": {
      const signIn = `/admin/sign-in?back=${encodeURIComponent(pageOf(c))}`;
      if (isHtmx(c)) {
        c.header("hx-redirect", signIn);
        return c.text("Your session has ended. Sign in again.", 401);
      }
      return isSafe(c) ? c.redirect(signIn, 303) : await ended(c, pageOf(c));
    }
    case "in": {
      c.set("visitor", caller.visitor);
      await next();
      // What a page asks by itself is nothing that anybody does.
      const isLook = c.req.header("causeway-look") !== undefined;
      const longer = caller.session === null || isLook ? null : renewed(caller.session, now);
      if (longer !== null) await keepSession(c, longer, roleTokens(c.env));
      return undefined;
    }
  }
});

/** Refuses what changes something to a viewer. Under `/admin/try/` nothing does. */
export const mayChange = admin.createMiddleware(async function mayChange(c, next) {
  const allowed = isEditor(c) || isSafe(c) || c.req.path.startsWith("/admin/try/");
  return allowed ? await next() : await refused(c, pageOf(c));
});

function isSafe(c: Context<AdminEnv>): boolean {
  return c.req.method === "GET" || c.req.method === "HEAD";
}

/** The page that somebody looks at: the one that is asked for, or the one that asks. */
function pageOf(c: Context<AdminEnv>): string {
  const asked = c.req.url;
  const asks = c.req.header(isHtmx(c) ? "hx-current-url" : "referer");
  const page = URL.parse(isSafe(c) && !isHtmx(c) ? asked : (asks ?? ""));
  return page?.origin === new URL(asked).origin ? backTo(page.pathname + page.search) : "/admin";
}
