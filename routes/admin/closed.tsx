import type { Context } from "hono";
import { ClosedPage, type Closed } from "../../src/console/closed-page.tsx";
import type { AdminEnv } from "./create-admin.ts";
import { document } from "./show.tsx";

/** Answers that the console does not open, and why. */
export async function closed(c: Context<AdminEnv>, why: Closed): Promise<Response> {
  return await document(c, <ClosedPage why={why} />, STATUS[why]);
}

const STATUS = {
  nothing_set: 503,
  access_unusable: 503,
  access_unreachable: 503,
  access_only: 403,
  access_refused: 403,
  not_https: 403,
} as const satisfies Record<Closed, number>;
