import type { FailedFilter } from "../../relay/list-failed.ts";

/** The page of all that failed. */
export const FAILED = "/admin/failed";

/** The address of a page of failed messages; `cursor`: the `next` of the page before, null: the first. */
export function listHref({ destination, cause }: FailedFilter, cursor: string | null): string {
  const query = new URLSearchParams({ destination, cause });
  if (cursor !== null) query.set("cursor", cursor);
  return `${FAILED}/list?${query.toString()}`;
}

/** Where a bulk retry is looked at and gone on with. */
export function runHref(run: string): string {
  return `${FAILED}/retries/${run}`;
}
