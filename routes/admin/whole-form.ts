import { admin } from "./create-admin.ts";

/** Refuses what says that it is a form and cannot be read as one: it broke off, or no browser made it. */
export const wholeForm = admin.createMiddleware(async function wholeForm(c, next) {
  try {
    // Hono keeps what was read for the handler.
    await c.req.parseBody();
  } catch {
    return c.text(
      "The form broke off on its way. Open the page again, and send it from there.",
      400,
    );
  }
  return await next();
});
