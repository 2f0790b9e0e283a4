import { problem } from "../http.ts";

/** What is not stored (any more). */
export function notFound(c: Parameters<typeof problem>[0], what: "event" | "delivery"): Response {
  return problem(
    c,
    404,
    "not_found",
    `There is no such ${what}; finished events are deleted after RETENTION_DAYS.`,
  );
}
