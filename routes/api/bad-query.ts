import type { Context } from "hono";
import { problem } from "../http.ts";

/** A list was asked for in a way that nobody understands; `issue` is what its schema says. */
export function badQuery(
  c: Context,
  issue: { message: string; path: PropertyKey[] } | undefined,
): Response {
  return problem(c, 400, "bad_query", `${issue?.message ?? "unusable"}.`, issue?.path.join("."));
}
