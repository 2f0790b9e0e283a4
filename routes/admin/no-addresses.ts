import { withoutAddresses } from "../../src/publishing/hidden-address.ts";
import { admin } from "./create-admin.ts";

/**
 * No page, and no part of one, has an address that posts, wherever it comes from: a rule that names one as
 * its destination, an event that came with one. Only what people wrote themselves they get back, to go on.
 */
export const noAddresses = admin.createMiddleware(async function noAddresses(c, next) {
  await next();
  const isOwn = c.req.method === "POST" && c.req.path === "/admin/documents";
  const type = c.res.headers.get("content-type") ?? "";
  if (isOwn || !/^(?:text\/|application\/json)/.test(type)) return;
  const text = await c.res.text();
  c.res = new Response(withoutAddresses(text), c.res);
});
