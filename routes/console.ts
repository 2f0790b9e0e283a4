import { http } from "./http.ts";

/** `/admin` but for `/admin/api`: the console, which is loaded when somebody first opens it. */
export const console = http.createMiddleware(async function console(c, next) {
  if (/^\/admin\/api(?:\/|$)/.test(c.req.path)) return await next();
  const { admin } = await import("./admin/admin.tsx");
  return await admin.fetch(c.req.raw, c.env, c.executionCtx);
});
