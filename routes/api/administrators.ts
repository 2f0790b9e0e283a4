import { roleTokens } from "../../src/console/way-in.ts";
import { http, problem } from "../http.ts";
import { roleOf } from "../role-of.ts";
import { viewerMay } from "./viewer-may.ts";

const BASE = "/admin/api";

/**
 * Only who bears a token passes; without a token configured nobody does. VIEWER_TOKEN is for looking.
 * No cookie counts here: a browser sends none that opens it, so no page can make one ask.
 */
export const administrators = http.createMiddleware(async function administrators(c, next) {
  const tokens = roleTokens(c.env);
  if (tokens.length === 0) {
    return problem(
      c,
      401,
      "not_configured",
      "ADMIN_TOKEN is not set, so this is closed. Set it: npx wrangler secret put ADMIN_TOKEN.",
    );
  }
  const bearer = /^Bearer +([^ ].*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const role = bearer === undefined ? null : await roleOf(bearer, tokens);
  if (role !== null) c.set("role", role);
  switch (role) {
    case "edit":
      return await next();
    case "view":
      if (viewerMay(c.req.method, c.req.path.slice(BASE.length))) return await next();
      return problem(
        c,
        403,
        "viewer",
        "VIEWER_TOKEN is for looking: it changes nothing, and does not read whole bodies or the addresses of destinations. ADMIN_TOKEN does.",
      );
    case null:
      c.header("www-authenticate", 'Bearer realm="causeway"');
      return problem(
        c,
        401,
        "unauthenticated",
        "Send the ADMIN_TOKEN as Authorization: Bearer <token>.",
      );
  }
});
