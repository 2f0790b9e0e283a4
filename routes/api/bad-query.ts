import type { Context } from "hono";
import { problem } from "../http.ts";

/** What a schema says first is wrong. */
type Issue = { message: string; path: PropertyKey[] } | undefined;

/** A list was asked for in a way that nobody understands; `issue` is what its schema says. */
export function badQuery(c: Context, issue: Issue): Response {
  return refusal(c, "bad_query", issue);
}

/** The same of a request's body. */
export function badBody(c: Context, issue: Issue): Response {
  return refusal(c, "bad_body", issue);
}

function refusal(c: Context, code: string, issue: Issue): Response {
  return problem(c, 400, code, `${issue?.message ?? "unusable"}.`, issue?.path.join("."));
}
