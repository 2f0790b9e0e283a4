import type { MiddlewareHandler } from "hono";

/** A page elsewhere can post forms and plain text here, but not JSON: a browser asks first, and nobody answers it. */
export const jsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header("content-type") ?? "";
  if (c.req.method === "POST" && !/^application\/json(;|$)/.test(type))
    return c.json({ error: "The body must be application/json." }, 415);
  await next();
  return;
};
