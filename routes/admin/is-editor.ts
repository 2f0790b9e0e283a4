import type { Context } from "hono";
import type { AdminEnv } from "./create-admin.ts";

/** Whether whoever looks may change things. */
export function isEditor(c: Context<AdminEnv>): boolean {
  return c.get("visitor").role === "edit";
}
