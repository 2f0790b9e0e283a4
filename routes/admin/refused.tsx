import type { Context } from "hono";
import { Notice } from "../../src/console/notice.tsx";
import { EndedPage, RefusedPage, refusalInWords } from "../../src/console/refused-page.tsx";
import type { AdminEnv } from "./create-admin.ts";
import { isHtmx } from "./is-htmx.ts";
import { document } from "./show.tsx";

/** Answers a viewer who tried to change something: with a page, or with a part of one. */
export async function refused(c: Context<AdminEnv>, back: string): Promise<Response> {
  const visitor = c.get("visitor");
  if (isHtmx(c)) {
    return await c.html(<Notice said={{ kind: "bad", text: refusalInWords(visitor) }} />, 403);
  }
  return await document(c, <RefusedPage visitor={visitor} back={back} />, 403);
}

/** Answers what was sent after the session had ended. */
export async function ended(c: Context<AdminEnv>, back: string): Promise<Response> {
  return await document(c, <EndedPage back={back} />, 401);
}
