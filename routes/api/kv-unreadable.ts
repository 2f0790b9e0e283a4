import type { Context } from "hono";
import { problem } from "../http.ts";

/** What documents are now cannot be known at the moment. */
export function kvUnreadable(c: Context): Response {
  return problem(c, 503, "kv_unreadable", "KV could not be read. Nothing was changed; try again.");
}
