import { timingSafeEqual } from "hono/utils/buffer";
import { http, problem } from "../http.ts";

/** Only the bearer of ADMIN_TOKEN passes; without a token configured nobody does. */
export const administrators = http.createMiddleware(async function administrators(c, next) {
  const { ADMIN_TOKEN: token } = c.env;
  if (token === undefined || token === "") {
    return problem(
      c,
      401,
      "not_configured",
      "ADMIN_TOKEN is not set, so this is closed. Set it: npx wrangler secret put ADMIN_TOKEN.",
    );
  }
  const given = /^Bearer +([^ ].*)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (given === undefined || !(await timingSafeEqual(given, token))) {
    c.header("www-authenticate", 'Bearer realm="causeway"');
    return problem(
      c,
      401,
      "unauthenticated",
      "Send the ADMIN_TOKEN as Authorization: Bearer <token>.",
    );
  }
  return await next();
});
